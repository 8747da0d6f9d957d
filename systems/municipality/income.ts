/** 個人住民税に関する情報の列 — as both stores and the transfer (4-1) hold them; yen, null where undeclared. */
export const incomeColumns = [
  ['municipalityCode', 'municipality_code', '市区町村コード'],
  ['addresseeNumber', 'addressee_number', '宛名番号'],
  ['fiscalYear', 'fiscal_year', '課税年度'],
  ['declarationKind', 'declaration_kind', '申告区分'],
  ['publicPension', 'public_pension_yen', '公的年金等収入額'],
  ['salary', 'salary_yen', '給与収入額'],
  ['familyEmployeeSalary', 'family_employee_salary_yen', '専従者給与収入額'],
  ['business', 'business_yen', '事業所得額'],
  ['familyEmployeeDeduction', 'family_employee_deduction_yen', '専従者控除額'],
  ['capitalGains', 'capital_gains_yen', '分離譲渡所得額'],
  ['capitalGainsSpecialDeduction', 'capital_gains_special_deduction_yen', '譲渡特別控除額'],
  ['other', 'other_yen', 'その他所得額'],
  ['correctedOn', 'corrected_on', '更正年月日'],
  ['operatedOn', 'operated_on', '操作年月日'],
] as const

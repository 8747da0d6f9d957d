import { dated, plainDate } from '@koiki/kernel'

/** 住所地特例の対象となる施設 — kinds of facilities to which the address may move (法55条1項各号). */
export const facilityKinds = dated<readonly string[]>('住所地特例の対象となる施設', [
  {
    from: plainDate('2008-04-01'),
    value: [
      '病院・診療所',
      '障害者支援施設',
      'のぞみの園',
      '養護老人ホーム',
      '特別養護老人ホーム',
      '介護老人保健施設',
      '介護療養型医療施設',
      '特定施設',
    ],
    source: '高齢者の医療の確保に関する法律55条1項。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
  {
    from: plainDate('2018-04-01'),
    value: [
      '病院・診療所',
      '障害者支援施設',
      'のぞみの園',
      '養護老人ホーム',
      '特別養護老人ホーム',
      '介護老人保健施設',
      '介護療養型医療施設',
      '介護医療院',
      '特定施設',
    ],
    source:
      '高齢者の医療の確保に関する法律55条1項 (平成30年4月1日から介護医療院)。一般の解説による',
    unverified: true,
    lastChecked: plainDate('2026-11-21'),
  },
])

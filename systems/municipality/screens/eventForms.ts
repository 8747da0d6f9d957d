import type { ResidentEvent } from '../residentRegister/event.ts'
import { residenceStatuses } from '../residentRegister/residenceStatuses.ts'
import type { Field } from './fields.ts'

/** 異動の様式 — one kind of event as a form; `people` says whom of the household it asks for. */
export interface EventForm {
  readonly slug: string
  readonly kind: ResidentEvent['kind']
  readonly people: 'several' | 'one' | 'removed' | 'none'
  /** Whether the relationships of those who stay may change with it. */
  readonly relationships: boolean
  /** What its day is called. */
  readonly day: string
  readonly help: string
  readonly groups: readonly { readonly legend: string; readonly fields: readonly Field[] }[]
}

const sexes = [
  ['1', '男'],
  ['2', '女'],
  ['0', '不明'],
] as const
const kinds = [
  ['1', '日本人'],
  ['2', '外国人'],
] as const
const stays = residenceStatuses.map((name) => [name, name] as const)

const address = (required: boolean, at = 'address'): readonly Field[] => [
  {
    name: `${at}.postalCode`,
    label: '郵便番号',
    type: 'text',
    help: '7桁の数字。ハイフンなし。',
  },
  {
    name: `${at}.municipalityName`,
    label: '市区郡町村名',
    type: 'text',
    help: '郡や行政区を書くとき。なければ市区町村名になります。',
  },
  { name: `${at}.townName`, label: '町字', type: 'text', required },
  { name: `${at}.houseNumber`, label: '番地号', type: 'text' },
  { name: `${at}.building`, label: '方書', type: 'text' },
]

const person = (at: string, required: boolean, born: boolean): readonly Field[] => [
  {
    name: `${at}.name`,
    label: '氏名',
    type: 'text',
    required,
    help: '氏と名の間は全角の空白1つ。',
  },
  { name: `${at}.nameKana`, label: '氏名カナ', type: 'text' },
  ...(born
    ? [{ name: `${at}.birthDate`, label: '生年月日', type: 'date', required } as const]
    : []),
  { name: `${at}.sex`, label: '性別', type: 'choice', choices: sexes, required },
  {
    name: `${at}.relationship`,
    label: '続柄',
    type: 'text',
    required,
    help: '世帯主本人は「世帯主」。',
  },
  {
    name: `${at}.individualNumber`,
    label: '個人番号',
    type: 'secret',
    help: '12桁。わからなければ空のまま。あとで「個人番号変更」で記録できます。二度と表示しません。',
  },
  {
    name: `${at}.residentKind`,
    label: '住民種別',
    type: 'choice',
    choices: kinds,
    required,
    initial: '1',
  },
  {
    name: `${at}.residenceStatus`,
    label: '在留資格',
    type: 'choice',
    choices: stays,
    help: '外国人のとき。在留カードのとおり。',
  },
  { name: `${at}.stayUntil`, label: '在留期間満了日', type: 'date' },
]

const newcomers = (first: boolean) =>
  [1, 2, 3, 4].map((place, index) => ({
    legend: `${place}人目`,
    fields: person(`newcomers.${index}`, first && index === 0, true),
  }))

const household: Field = {
  name: 'householdNumber',
  label: '入る世帯の世帯番号',
  type: 'text',
  help: 'なければ新しい世帯になります。',
}
const reason: Field = { name: 'reason', label: '理由', type: 'text', required: true }
const effects: readonly Field[] = [
  {
    name: 'nonDisclosure',
    label: '不開示該当',
    type: 'check',
    initial: 'on',
    help: '住所などを、画面・帳票・オンライン資格確認で開示しません。',
  },
  {
    name: 'selfProvisionDisabled',
    label: '自己情報提供不可',
    type: 'check',
    help: 'マイナ保険証と自己情報の表示を止めます。カードが加害者のもとにあるときなど。',
  },
]
const until: Field = {
  name: 'until',
  label: '支援措置終了日（予定）',
  type: 'date',
  help: '支援措置の最後の日。',
}

const form = (
  slug: string,
  kind: EventForm['kind'],
  part: Partial<Omit<EventForm, 'slug' | 'kind'>> & { help: string },
): EventForm => ({
  slug,
  kind,
  people: 'several',
  relationships: false,
  day: '異動の日',
  groups: [],
  ...part,
})

/** 異動の様式のすべて — in the order of the menu. */
export const eventForms: readonly EventForm[] = [
  form('move-in', '転入', {
    people: 'none',
    day: '転入した日',
    help: '県内から来た人は転出証明書情報で、県外や国外から来た人は届出の内容で記録します。',
    groups: [
      { legend: '新しい住所', fields: [...address(true), household] },
      {
        legend: '県内から来た人（転出証明書情報）',
        fields: [
          {
            name: 'movedOutOf.municipalityCode',
            label: '転入前の市区町村コード',
            type: 'text',
          },
          {
            name: 'movedOutOf.addresseeNumbers',
            label: '転入前の宛名番号',
            type: 'text',
            help: '二人以上は読点か空白で区切ります。',
          },
        ],
      },
      {
        legend: '県外・国外から来た人',
        fields: [
          {
            name: 'movedFromMunicipality',
            label: '転入前の市区町村コード',
            type: 'text',
            help: '国外からなら空。',
          },
        ],
      },
      ...newcomers(false),
    ],
  }),
  form('birth', '出生', {
    people: 'none',
    day: '生まれた日',
    help: '世帯の住所で載り、生まれた日から住民となります。',
    groups: [
      {
        legend: '世帯',
        fields: [{ ...household, required: true, help: '父母のいる世帯。' }],
      },
      { legend: '生まれた子', fields: person('newborns.0', true, false) },
    ],
  }),
  form('move', '転居', {
    relationships: true,
    day: '転居した日',
    help: 'この市区町村の中での引越し。',
    groups: [{ legend: '新しい住所', fields: [...address(true), household] }],
  }),
  form('move-out', '転出', {
    relationships: true,
    day: '転出した日',
    help: 'ほかの市区町村、または国外へ。',
    groups: [
      {
        legend: '転出先',
        fields: [
          {
            name: 'movedToMunicipality',
            label: '転出先の市区町村コード',
            type: 'text',
            help: '6桁。国外なら空。',
          },
        ],
      },
    ],
  }),
  form('death', '死亡', {
    relationships: true,
    day: '死亡した日',
    help: '世帯主が亡くなり二人以上残るときは、新しい続柄も書きます。',
  }),
  form('household', '世帯変更', {
    relationships: true,
    day: '世帯が変わった日',
    help: '世帯分離、世帯合併、世帯主の変更。',
    groups: [{ legend: '入る世帯', fields: [household] }],
  }),
  form('name', '氏名変更', {
    people: 'one',
    day: '変わった日',
    help: '婚姻・養子縁組などの届出による変更。書いたところだけが変わります。',
    groups: [
      {
        legend: '新しい氏名',
        fields: [
          { name: 'name', label: '氏名', type: 'text' },
          { name: 'nameKana', label: '氏名カナ', type: 'text' },
          { name: 'alias', label: '通称', type: 'text' },
          { name: 'formerName', label: '旧氏', type: 'text' },
        ],
      },
    ],
  }),
  form('number', '個人番号変更', {
    people: 'one',
    day: '変わった日',
    help: '番号の変更、またはわからなかった番号の記録。書いた番号は二度と表示しません。',
    groups: [
      {
        legend: '新しい番号',
        fields: [{ name: 'individualNumber', label: '個人番号', type: 'secret', required: true }],
      },
    ],
  }),
  form('stay', '在留資格変更', {
    people: 'one',
    day: '変わった日',
    help: '在留資格や在留期間の変更（出入国在留管理庁からの通知）。',
    groups: [
      {
        legend: '新しい在留',
        fields: [
          {
            name: 'residenceStatus',
            label: '在留資格',
            type: 'choice',
            choices: stays,
            required: true,
          },
          { name: 'stayUntil', label: '在留期間満了日', type: 'date' },
        ],
      },
    ],
  }),
  form('welfare-start', '生活保護開始', { day: '保護の始まった日', help: '適用除外になります。' }),
  form('welfare-end', '生活保護終了', { day: '保護の終わった日', help: '適用除外が終わります。' }),
  form('support-start', '支援措置開始', {
    day: '支援措置の始まった日',
    help: '二つの効果は別々に付けられます。広域連合には次の移出で届きます。',
    groups: [{ legend: '効果', fields: [...effects, until] }],
  }),
  form('support-change', '支援措置変更', {
    day: '変わった日',
    help: '二つの効果を別々に付けはずしします。',
    groups: [{ legend: '効果', fields: [...effects, until] }],
  }),
  form('support-end', '支援措置終了', {
    people: 'one',
    day: '支援措置の最後の日',
    help: '一人ずつ終わらせます。両方の効果がなくなります。',
  }),
  form('enter', '職権記載', {
    people: 'none',
    day: '住民となった日',
    help: '届出のない人を職権で載せます。',
    groups: [
      { legend: '理由', fields: [reason] },
      { legend: '住所', fields: [...address(true), household] },
      ...newcomers(true),
    ],
  }),
  form('correct', '職権修正', {
    people: 'one',
    day: '修正の日',
    help: '書いたところだけを直します。氏名の届出による変更は「氏名変更」です。',
    groups: [
      { legend: '理由', fields: [reason] },
      {
        legend: '直すところ',
        fields: [
          { name: 'corrections.name', label: '氏名', type: 'text' },
          { name: 'corrections.nameKana', label: '氏名カナ', type: 'text' },
          { name: 'corrections.birthDate', label: '生年月日', type: 'date' },
          { name: 'corrections.sex', label: '性別', type: 'choice', choices: sexes },
          { name: 'corrections.residentFrom', label: '住民となった日', type: 'date' },
          { name: 'corrections.removedOn', label: '消除年月日', type: 'date' },
          {
            name: 'corrections.residentKind',
            label: '住民種別',
            type: 'choice',
            choices: kinds,
          },
          {
            name: 'corrections.residenceStatus',
            label: '在留資格',
            type: 'choice',
            choices: stays,
          },
          { name: 'corrections.stayUntil', label: '在留期間満了日', type: 'date' },
        ],
      },
      { legend: '直す住所', fields: address(false, 'corrections.address') },
    ],
  }),
  form('remove', '職権消除', {
    relationships: true,
    day: '消除の日',
    help: '実態調査などで、住んでいないことがわかった人を消除します。',
    groups: [{ legend: '理由', fields: [reason] }],
  }),
  form('restore', '職権回復', {
    people: 'removed',
    relationships: true,
    day: '回復の日',
    help: '誤って消除した住民票を回復します。もとの消除の行も残ります。',
    groups: [
      {
        legend: '理由',
        fields: [reason, { ...household, help: 'なければもとの世帯に戻ります。' }],
      },
    ],
  }),
]

import { randomUUID } from 'node:crypto'
import { recordAccess } from '@koiki/audit'
import { z } from 'zod'
import { fullWidth } from '../fullWidth.ts'
import { facilityKinds, NonRegisteredEvent } from '../municipalSystem/nonRegisteredEvent.ts'
import {
  findNonRegisteredByRunning,
  listNonRegistered,
  nonRegisteredHistory,
} from '../municipalSystem/nonRegisteredStore.ts'
import { receiveNonRegistered } from '../municipalSystem/receiveNonRegistered.ts'
import type { NonRegisteredPerson } from '../nonRegisteredPerson.ts'
import { Refusal } from '../refusal.ts'
import { auditKey } from '../resident.ts'
import { notThere, read } from '../route.ts'
import { built, type Field, faultsOf, fieldOf, fieldset, type Written } from './fields.ts'
import { type Html, html } from './html.ts'
import { day, type Fault, facts, type Page, post, table, withheld } from './page.ts'
import { provisionsTable } from './residenceProvisionPages.ts'
import { addressOf } from './residentPages.ts'
import type { Answer, Asked, Room } from './screens.ts'

const Numbered = z.object({ running: z.coerce.number().int().min(1).max(9_999_999) })

/** 住登外 — who is kept though not on the register. */
export const nonRegisteredPages: Room = {
  place: 'non-registered',
  get: {
    '': (asked) => list(asked, ''),
    '/new': async (asked) => register(asked, { nonRegisteredKind: '1' }, []),
    '/:running': (asked) => show(asked, {}, []),
  },
  post: {
    '': (asked) => list(asked, (asked.form.get('words') ?? '').trim().slice(0, 100)),
    '/new': take,
    '/:running': take,
    '/:running/remove': take,
  },
}

async function list(asked: Asked, words: string): Promise<Page> {
  const { service, session } = asked
  const { scope, municipality, actor } = session.operator
  const people = await service.stores.municipalSystem.transaction(scope, async (tx) => {
    const found = await listNonRegistered(
      tx,
      municipality,
      /^[0-9]+$/.test(words) ? words : fullWidth(words),
      100,
    )
    await recordAccess(tx, {
      channel: 'screen',
      actor,
      party: `municipality:${municipality}`,
      purpose: '住登外の検索',
      act: 'nonRegistered.search',
      effect: 'read',
      persons: found.map(({ runningNumber }) => auditKey(municipality, runningNumber)),
    })
    return found
  })
  return {
    title: '住登外',
    body: html`<search>${post(
      session,
      '/screens/non-registered',
      html`<div class="row">${fieldOf({ name: 'words', label: '氏名・カナのはじめ、宛名番号', type: 'text' }, { words }, [])}<button class="main">さがす</button>
<a class="button" href="/screens/non-registered/new">新しく登録する</a></div>`,
    )}</search>
<h2>登録されている人</h2>
${table(
  '住登外の人（はじめの100人まで）',
  ['氏名', '生年月日', '区分', '施設', '適用', '宛名番号'],
  people.map(
    (one) =>
      html`<tr class="${one.removedOn === null ? '' : 'gone'}"><th scope="row"><a href="/screens/non-registered/${one.runningNumber}">${one.name}</a></th><td>${day(one.birthDate)}</td>
<td>${kindOf(one)}</td><td>${one.nonDisclosure === '1' ? withheld : one.facilityName}</td><td>${day(one.appliesFrom)}から${day(one.appliesUntil)}</td><td>${one.addresseeNumber}</td></tr>`,
  ),
)}`,
  }
}

const kindOf = ({ nonRegisteredKind, removedOn }: NonRegisteredPerson): string =>
  `${nonRegisteredKind === '1' ? '住所地特例' : 'その他'}${removedOn === null ? '' : `（消除 ${day(removedOn)}）`}`

const choices = {
  kind: [
    ['1', '住所地特例'],
    ['2', 'その他'],
  ],
  sex: [
    ['1', '男'],
    ['2', '女'],
    ['0', '不明'],
  ],
  yes: [
    ['0', 'なし'],
    ['1', 'あり'],
  ],
  facility: facilityKinds.map((name) => [name, name] as const),
} as const

/** The same fields make a person and change one; changing needs none of them. */
function groupsOf(at: 'person' | 'changes') {
  const need = at === 'person'
  const field = (name: string, part: Omit<Field, 'name'>): Field => ({
    ...part,
    name: `${at}.${name}`,
    required: need && part.required === true,
  })
  return [
    {
      legend: '人',
      fields: [
        field('name', { label: '氏名', type: 'text', required: true }),
        field('nameKana', { label: '氏名カナ', type: 'text' }),
        field('birthDate', { label: '生年月日', type: 'date', required: true }),
        field('sex', { label: '性別', type: 'choice', choices: choices.sex, required: true }),
        field('individualNumber', {
          label: '個人番号',
          type: 'secret',
          help: '12桁。わからなければ空のまま。二度と表示しません。',
        }),
      ],
    },
    {
      legend: '区分と施設',
      fields: [
        field('nonRegisteredKind', {
          label: '住登外区分',
          type: 'choice',
          choices: choices.kind,
          required: true,
        }),
        field('facility.kind', {
          label: '施設の種類',
          type: 'choice',
          choices: choices.facility,
          help: '住所地特例のとき。',
        }),
        field('facility.name', { label: '施設の名称', type: 'text' }),
        field('appliesFrom', { label: '適用開始日', type: 'date', help: '住所地特例のとき。' }),
        field('appliesUntil', { label: '適用終了日', type: 'date' }),
        field('registeredAt', {
          label: '住民票のある市区町村コード',
          type: 'text',
          help: '6桁。',
        }),
      ],
    },
    {
      legend: '住所',
      fields: [
        field('prefectureName', { label: '都道府県', type: 'text', required: true }),
        field('address.postalCode', { label: '郵便番号', type: 'text', help: '7桁の数字。' }),
        field('address.municipalityName', {
          label: '市区郡町村名',
          type: 'text',
          required: true,
        }),
        field('address.townName', { label: '町字', type: 'text', required: true }),
        field('address.houseNumber', { label: '番地号', type: 'text' }),
        field('address.building', {
          label: '方書',
          type: 'text',
          help: '空なら施設の名称になります。',
        }),
      ],
    },
    {
      legend: '支援措置',
      fields: [
        field('supportKind', { label: '支援措置', type: 'choice', choices: choices.yes }),
        field('supportFrom', { label: '支援措置開始日', type: 'date' }),
        field('supportUntil', {
          label: '支援措置終了日',
          type: 'date',
          help: '支援措置の最後の日。',
        }),
        field('nonDisclosure', {
          label: '不開示該当',
          type: 'choice',
          choices: choices.yes,
          help: '住所などを隠します。二つとも書かなければ、両方に該当するとみます。',
        }),
        field('selfProvisionDisabled', {
          label: '自己情報提供不可',
          type: 'choice',
          choices: choices.yes,
        }),
      ],
    },
  ]
}

const dayOf = (at: 'person' | 'changes', removing: boolean): Field => ({
  name: 'occurredOn',
  label: removing ? '消除の日' : at === 'person' ? '登録の日' : '変更の日',
  type: 'date',
  required: true,
})

const sheet = (at: 'person' | 'changes', written: Written, faults: readonly Fault[]): Html =>
  html`<input type="hidden" name="eventId" value="${written.eventId ?? randomUUID()}">
${fieldOf(dayOf(at, false), written, faults)}
${groupsOf(at).map(({ legend, fields }) => fieldset(legend, fields, written, faults))}`

const register = (asked: Asked, written: Written, faults: readonly Fault[]): Page => ({
  title: '住登外に登録する',
  faults,
  body: post(
    asked.session,
    '/screens/non-registered/new',
    html`${sheet('person', { 'person.nonRegisteredKind': '1', ...written }, faults)}<p><button class="main">登録する</button></p>`,
  ),
})

async function show(asked: Asked, written: Written, faults: readonly Fault[]): Promise<Page> {
  const { service, session, request } = asked
  const { scope, municipality, actor } = session.operator
  const { running } = read(Numbered, request.params)
  const { person, history } = await service.stores.municipalSystem.transaction(
    scope,
    async (tx) => {
      const found = await findNonRegisteredByRunning(tx, municipality, running)
      if (found === null) throw notThere()
      await recordAccess(tx, {
        channel: 'screen',
        actor,
        party: `municipality:${municipality}`,
        purpose: '住登外の確認',
        act: 'nonRegistered.read',
        effect: 'read',
        persons: [auditKey(municipality, running)],
      })
      return {
        person: found,
        history: await nonRegisteredHistory(tx, municipality, found.addresseeNumber),
      }
    },
  )
  const hidden = person.nonDisclosure === '1'
  const provisions = await provisionsTable(service, session.operator, person.addresseeNumber)
  return {
    title: `住登外 ${person.name}`,
    faults,
    body: html`${hidden && html`<div class="care"><p><strong>取扱注意</strong> 支援措置があります。住所と施設は表示していません。</p></div>`}
${facts([
  ['氏名', person.name],
  ['氏名カナ', person.nameKana],
  ['生年月日', day(person.birthDate)],
  ['住登外区分', kindOf(person)],
  [
    '施設',
    hidden ? withheld : [person.facilityKind, person.facilityName].filter(Boolean).join(' '),
  ],
  ['適用', `${day(person.appliesFrom)}から${day(person.appliesUntil)}`],
  ['住所', hidden ? withheld : addressOf(person)],
  ['住民票のある市区町村', hidden ? withheld : person.registeredAtMunicipality],
  ['個人番号', person.numberToken === null ? '登録なし' : '登録あり'],
  ['名寄せ', person.representative === '1' ? `${person.mergedIntoAddresseeNumber} の人へ` : '代表'],
  ['宛名番号', person.addresseeNumber],
  ...(person.selfProvisionDisabled === '1' ? [['支援措置', '自己情報提供不可'] as const] : []),
  ['操作', day(person.operatedOn)],
])}
${provisions}
<h2>履歴</h2>
${table(
  '受け付けた届出',
  ['日', '種類', '受付', '受付番号'],
  history.map(
    (one) =>
      html`<tr><td>${day(one.occurredOn)}</td><td>${one.kind}</td><td>${day(one.acceptedOn)}</td><td class="mono">${one.eventId}</td></tr>`,
  ),
  '最初に登録されてから、届出はありません。',
)}
${
  person.removedOn === null &&
  html`<section class="acts"><h2>変更する</h2><p>書いたところだけが変わります。</p>
${post(
  session,
  `/screens/non-registered/${running}`,
  html`<input type="hidden" name="addresseeNumber" value="${person.addresseeNumber}">${sheet('changes', written, faults)}
${fieldOf({ name: 'changes.mergedInto', label: '名寄せ先の宛名番号', type: 'text', help: '同じ人の代表の宛名番号。書くと非代表になります。' }, written, faults)}
<p><button class="main">変更する</button></p>`,
)}
<h2>消除する</h2>
${post(
  session,
  `/screens/non-registered/${running}/remove`,
  html`<input type="hidden" name="addresseeNumber" value="${person.addresseeNumber}"><input type="hidden" name="eventId" value="${randomUUID()}">
<div class="row"><div class="field"><label for="r-on">消除の日</label><input type="date" id="r-on" name="occurredOn"></div><button>消除する</button></div>`,
)}</section>`
}`,
  }
}

async function take(asked: Asked): Promise<Answer> {
  const { service, session, form, request } = asked
  const { scope, municipality, actor } = session.operator
  const written: Written = Object.fromEntries(form)
  const at = request.url.endsWith('/new') ? 'person' : 'changes'
  const removing = request.url.endsWith('/remove')
  const fields = [
    dayOf(at, removing),
    ...groupsOf(at).flatMap((group) => group.fields),
    { name: 'changes.mergedInto', label: '名寄せ先の宛名番号', type: 'text' } as const,
  ]
  const again = (faults: readonly Fault[]): Page | Promise<Page> =>
    at === 'person' ? register(asked, written, faults) : show(asked, written, faults)
  const parsed = NonRegisteredEvent.safeParse({
    ...(removing ? {} : built(fields, written)),
    eventId: written.eventId,
    occurredOn: written.occurredOn,
    kind: removing ? '住登外消除' : at === 'person' ? '住登外登録' : '住登外変更',
    ...(at === 'changes' ? { addresseeNumber: written.addresseeNumber } : {}),
  })
  if (!parsed.success) {
    return again(
      faultsOf(fields, parsed.error, { changes: '変えるところを、一つ以上書いてください。' }),
    )
  }
  try {
    const { addresseeNumber, repeated } = await receiveNonRegistered(
      service.stores,
      scope,
      parsed.data,
      actor,
    )
    const [person] = await service.stores.municipalSystem.transaction(scope, (tx) =>
      listNonRegistered(tx, municipality, addresseeNumber, 1),
    )
    return {
      to: `/screens/non-registered/${person?.runningNumber ?? ''}`,
      told: [
        repeated
          ? 'この届出は、もう記録してあります。'
          : `${parsed.data.kind}を記録しました。次の移出(2-2)で広域連合に届きます。`,
      ],
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return again(
      error.reasons.map((sentence) => ({
        sentence: sentence.replace(/\([a-zA-Z]+(?: 1)?\)/g, ''),
      })),
    )
  }
}

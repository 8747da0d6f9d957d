import { randomUUID } from 'node:crypto'
import { recordAccess } from '@koiki/audit'
import { ageOn } from '@koiki/kernel'
import { z } from 'zod'
import { auditKey, type Resident, residentStatus } from '../resident.ts'
import { historyOf, type ReceivedEvent } from '../residentRegister/history.ts'
import { insuredEntriesOf } from '../residentRegister/insuredEntries.ts'
import {
  findByRunningNumber,
  findWithHouseholds,
  fullWidthUnlessNumber,
  searchResidents,
} from '../residentRegister/store.ts'
import { notThere, read } from '../route.ts'
import { eventForms } from './eventForms.ts'
import { fieldOf } from './fields.ts'
import { type Html, html } from './html.ts'
import { day, facts, type Page, post, table, withheld } from './page.ts'
import { provisionsTable } from './residenceProvisionPages.ts'
import type { Asked, Room } from './screens.ts'
import type { Session } from './session.ts'

const Numbered = z.object({ running: z.coerce.number().int().min(1).max(9_999_999) })
const shownMax = 50

/** 住民をさがす・住民票 — with the history of both rows of every change. */
export const residentPages: Room = {
  place: 'residents',
  get: {
    '': async ({ session }) => search(session, '', '', false, null),
    '/:running': (asked) => record(asked, false),
  },
  post: {
    '': find,
    // Opened for one look and one purpose, which stays in the audit.
    '/:running/address': (asked) => record(asked, true),
  },
}

async function find({ service, session, form }: Asked): Promise<Page> {
  const words = (form.get('words') ?? '').trim().slice(0, 100)
  const birthDate = form.get('birthDate') ?? ''
  const removedToo = form.get('removedToo') === 'on'
  if (words === '' && birthDate === '') {
    return {
      ...search(session, words, birthDate, removedToo, null),
      faults: [{ sentence: '氏名・カナ・番号か、生年月日を書いてください。', field: 'words' }],
    }
  }
  const { scope, municipality, actor } = session.operator
  const found = await service.stores.residentRegister.transaction(scope, async (tx) => {
    const people = await searchResidents(
      tx,
      municipality,
      {
        words: fullWidthUnlessNumber(words),
        birthDate: z.iso.date().safeParse(birthDate).success ? birthDate : null,
        removedToo,
      },
      shownMax + 1,
    )
    await recordAccess(tx, {
      channel: 'screen',
      actor,
      party: `municipality:${municipality}`,
      purpose: '住民の検索',
      act: 'resident.search',
      effect: 'read',
      persons: people.map(({ runningNumber }) => auditKey(municipality, runningNumber)),
    })
    return people
  })
  return search(session, words, birthDate, removedToo, found)
}

function search(
  session: Session,
  words: string,
  birthDate: string,
  removedToo: boolean,
  found: readonly (Resident & { guarded: boolean })[] | null,
): Page {
  const written = { words, birthDate, removedToo: removedToo ? 'on' : '' }
  const field = (name: keyof typeof written, label: string, type: 'text' | 'date' | 'check') =>
    fieldOf({ name, label, type }, written, [])
  return {
    title: '住民をさがす',
    body: html`<search>${post(
      session,
      '/screens/residents',
      html`<div class="row">${field('words', '氏名・カナのはじめ、宛名番号、世帯番号', 'text')}
${field('birthDate', '生年月日', 'date')}
${field('removedToo', '消除された人も', 'check')}
<button class="main">さがす</button></div>`,
    )}</search>
${found !== null && results(found)}`,
  }
}

const results = (found: readonly (Resident & { guarded: boolean })[]): Html =>
  html`<h2>見つかった人</h2>
${
  found.length > shownMax &&
  html`<p>${shownMax}人より多く見つかりました。はじめの${shownMax}人です。ことばを足してください。</p>`
}
${table(
  '見つかった人',
  ['氏名', '生年月日', '性別', '住所', '世帯番号', '宛名番号', '住民状態'],
  found.slice(0, shownMax).map(
    (one) =>
      html`<tr class="${one.status === residentStatus.removed ? 'gone' : ''}"><th scope="row"><a href="/screens/residents/${one.runningNumber}">${one.name}</a><br>${one.nameKana}</th>
<td>${day(one.birthDate)}</td><td>${sexOf(one.sex)}</td><td>${one.guarded ? withheld : addressOf(one)}</td>
<td>${one.householdNumber}</td><td>${one.addresseeNumber}</td><td>${statusOf(one)}</td></tr>`,
  ),
  'だれも見つかりません。ことばを短くするか、消除された人もさがしてください。',
)}`

async function record(asked: Asked, opened: boolean): Promise<Page> {
  const { service, session, request, form } = asked
  const { scope, municipality, actor } = session.operator
  const { running } = read(Numbered, request.params)
  const purpose = opened ? (form.get('purpose') ?? '') : '住民票の確認'
  const asksNothing = opened && purpose.trim() === ''
  const known = await service.stores.residentRegister.transaction(scope, async (tx) => {
    const resident = await findByRunningNumber(tx, municipality, running)
    if (resident === null) throw notThere()
    await recordAccess(tx, {
      channel: 'screen',
      actor,
      party: `municipality:${municipality}`,
      purpose: opened && !asksNothing ? `取扱注意の住所を開く: ${purpose}` : '住民票の確認',
      act: opened && !asksNothing ? 'resident.openAddress' : 'resident.read',
      effect: 'read',
      persons: [auditKey(municipality, running)],
    })
    return {
      resident,
      household: await findWithHouseholds(tx, municipality, [resident.addresseeNumber], []),
      insured: await insuredEntriesOf(tx, municipality, resident.addresseeNumber),
      history: await historyOf(tx, municipality, resident.addresseeNumber),
      today: tx.today,
    }
  })
  const { resident, household } = known
  const guarded = household.some(({ nonDisclosure }) => nonDisclosure === '1')
  const hidden = guarded && (!opened || asksNothing)
  const provisions = await provisionsTable(service, session.operator, resident.addresseeNumber)
  return {
    title: `住民票 ${resident.name}`,
    ...(asksNothing ? { faults: [{ sentence: '用件を書いてください。', field: 'purpose' }] } : {}),
    body: html`${guarded && care(asked, resident, hidden)}
${facts(pairs(resident, hidden, known.today))}
<h2>世帯 ${resident.householdNumber}</h2>
${table(
  '同じ世帯の人',
  ['続柄', '氏名', '生年月日', '宛名番号'],
  household
    .filter(({ householdNumber }) => householdNumber === resident.householdNumber)
    .map(
      (one) =>
        html`<tr><td>${one.relationship}</td><td><a href="/screens/residents/${one.runningNumber}">${one.name}</a></td><td>${day(one.birthDate)}</td><td>${one.addresseeNumber}</td></tr>`,
    ),
)}
<h2>後期高齢者医療の資格</h2>
${table(
  '住民票に記載した資格の日',
  ['資格取得年月日', '資格喪失年月日'],
  known.insured.map(
    ({ acquiredOn, lostOn }) =>
      html`<tr><td>${day(acquiredOn)}</td><td>${
        lostOn === null ? '続いています' : day(lostOn)
      }${lostOn === acquiredOn && '（取り消された資格）'}</td></tr>`,
  ),
  '記載はありません。',
)}
${provisions}
<h2>異動の履歴</h2>
${
  known.history.length === 0
    ? html`<p>最初に登録されてから、異動はありません。</p>`
    : known.history
        .toReversed()
        .map((one, index, all) => change(asked, one, hidden, running, all.length - index))
}
<section class="acts"><h2>この人の異動を記録する</h2>
<ul class="kinds">${eventForms
      .filter(({ people }) =>
        resident.status === residentStatus.removed
          ? people === 'removed'
          : people !== 'removed' && people !== 'none',
      )
      .map(
        ({ slug, kind }) =>
          html`<li><a href="/screens/events/${slug}?resident=${running}">${kind}</a></li>`,
      )}${resident.status === residentStatus.removed && html`<li><a href="/screens/events/correct?resident=${running}">職権修正</a></li>`}</ul></section>`,
  }
}

const care = ({ session }: Asked, resident: Resident, hidden: boolean): Html =>
  html`<div class="care"><p><strong>取扱注意</strong> この人か世帯の人に支援措置があります。住所は${
    hidden ? '表示していません' : '今だけ表示しています'
  }。</p>
${
  hidden &&
  post(
    session,
    `/screens/residents/${resident.runningNumber}/address`,
    html`<div class="row">${fieldOf({ name: 'purpose', label: '用件', type: 'text', required: true, help: '監査に残ります。' }, {}, [])}<button>住所を開く</button></div>`,
  )
}</div>`

function pairs(
  one: Resident,
  hidden: boolean,
  today: string,
): readonly (readonly [string, Html | string | null])[] {
  const born = day(one.birthDate)
  return [
    ['氏名', one.name],
    ['氏名カナ', one.nameKana],
    ['通称', one.alias],
    ['旧氏', one.formerName],
    [
      '生年月日',
      one.birthDateUnknown === '1'
        ? `${one.birthDateText}（事務上 ${born}）`
        : `${born}（${ageOn(one.birthDate, today as never)}歳）`,
    ],
    ['性別', sexOf(one.sex)],
    ['続柄', one.relationship],
    ['住所', hidden ? withheld : addressOf(one)],
    ['住民となった日', day(one.residentFrom)],
    ['住民状態', statusOf(one)],
    [
      '転入前',
      one.movedFromMunicipality === null ? null : hidden ? withheld : one.movedFromMunicipality,
    ],
    [
      '転出先',
      one.movedToMunicipality === null ? null : hidden ? withheld : one.movedToMunicipality,
    ],
    ['住民種別', one.residentKind === '2' ? '外国人' : '日本人'],
    ['在留資格', one.residenceStatus],
    ['在留期間満了日', day(one.stayUntil)],
    ['個人番号', one.numberToken === null ? '登録なし' : '登録あり'],
    [
      '適用除外',
      one.exclusionKind === '0'
        ? null
        : `${one.exclusionKind === '1' ? '生活保護' : '支援給付'} ${day(one.exclusionFrom)}から${day(one.exclusionUntil)}`,
    ],
    [
      '支援措置',
      one.supportKind === '0'
        ? null
        : `${day(one.supportFrom)}から${day(one.supportUntil)} ${effectsOf(one)}`,
    ],
    ['宛名番号', one.addresseeNumber],
    [
      '最後の異動',
      `${day(one.changedOn)} ${reasonOf(one.changeReason)}（操作 ${day(one.operatedOn)}）`,
    ],
  ]
}

const effectsOf = ({ nonDisclosure, selfProvisionDisabled }: Resident): string => {
  const effects = [
    ...(nonDisclosure === '1' ? ['不開示該当'] : []),
    ...(selfProvisionDisabled === '1' ? ['自己情報提供不可'] : []),
  ]
  return effects.length === 0 ? '（効果なし）' : `（${effects.join('・')}）`
}

type Changed = ReceivedEvent & { readonly before: Resident | null; readonly after: Resident }

function change(asked: Asked, one: Changed, hidden: boolean, running: number, place: number): Html {
  const gone = one.cancelledBy !== null
  const title = html`${day(one.occurredOn)} ${one.kind}`
  const rows = differences(one.before, one.after, hidden)
  return html`<article><h3>${gone ? html`<del>${title}</del> 取り消されました` : title}</h3>
<p>受付 ${day(one.acceptedOn)} <span class="mono">${one.eventId}</span>${one.reason !== null && html` 理由: ${one.reason}`}</p>
${table(
  `変わったところ（${place}番目の異動）`,
  ['項目', '前', '後'],
  rows.map(
    ([name, before, after]) =>
      html`<tr class="${gone ? 'gone' : ''}"><td>${name}</td><td>${before}</td><td>${gone ? html`<del>${after}</del>` : after}</td></tr>`,
  ),
)}
${
  !gone &&
  one.cancels === null &&
  html`<details class="acts"><summary>この異動を取り消す</summary>${post(
    asked.session,
    '/screens/events/cancel',
    html`<input type="hidden" name="cancels" value="${one.eventId}"><input type="hidden" name="resident" value="${running}">
<input type="hidden" name="eventId" value="${randomUUID()}">
<div class="field"><label for="c-${one.eventId}">取り消す理由</label><input type="text" class="long" id="c-${one.eventId}" name="reason"></div>
<button>取り消す</button>`,
  )}</details>`
}</article>`
}

/** 変わったところ — a new 住民票 shows what it began with. */
function differences(
  before: Resident | null,
  after: Resident,
  hidden: boolean,
): [string, string, string][] {
  const shown = (one: Resident): Map<string, string> =>
    new Map(
      pairs(one, hidden, after.operatedOn)
        .filter(([name]) => name !== '最後の異動')
        .map(([name, value]) => [name, String(value ?? '')]),
    )
  const [was, is] = [before === null ? new Map<string, string>() : shown(before), shown(after)]
  const rows: [string, string, string][] = [...is]
    .filter(([name, value]) => value !== '' || was.has(name))
    .filter(([name, value]) => (was.get(name) ?? '') !== value)
    .map(([name, value]) => [name, was.get(name) ?? '', value])
  if (before !== null && before.householdNumber !== after.householdNumber)
    rows.push(['世帯番号', before.householdNumber, after.householdNumber])
  if (before !== null && before.numberToken !== after.numberToken)
    rows.push(['個人番号', '前の番号', '新しい番号'])
  return rows
}

const sexOf = (sex: string): string => ({ '1': '男', '2': '女' })[sex] ?? '不明'

/** 住所 — in one line. */
export const addressOf = (one: {
  readonly prefectureName: string | null
  readonly municipalityName: string | null
  readonly townName: string | null
  readonly houseNumber: string | null
  readonly building: string | null
}): string =>
  [one.prefectureName, one.municipalityName, one.townName, one.houseNumber, one.building]
    .filter((part) => part !== null)
    .join('')

const statusOf = ({ status, removedOn }: Resident): string =>
  status === residentStatus.removed ? `消除 ${day(removedOn)}` : '現存'

const reasons: Readonly<Record<string, string>> = {
  '00': '初期',
  '01': '転入',
  '02': '出生',
  '03': '転居',
  '04': '転出',
  '05': '死亡',
  '06': '世帯変更',
  '07': '氏名変更',
  '08': '職権記載',
  '09': '職権修正',
  '10': '職権消除',
  '11': '個人番号変更',
}
const reasonOf = (code: string): string => reasons[code] ?? code

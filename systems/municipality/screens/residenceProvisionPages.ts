import { 住所地特例者情報 } from '@koiki/layouts'
import type { ResidenceProvision } from '../municipalSystem/residenceProvisions.ts'
import type { Operator, Service } from '../route.ts'
import { residenceProvisionsOf } from '../routes/residenceProvisions.ts'
import { fieldOf } from './fields.ts'
import { type Html, html } from './html.ts'
import { day, type Page, post, table, withheld } from './page.ts'
import type { Asked, Room } from './screens.ts'

const here = '/screens/residence-provisions'
const shownMax = 500

/** 住所地特例 — those whom the union told of, in a facility here or elsewhere. */
export const residenceProvisionPages: Room = {
  place: 'residence-provisions',
  get: { '': (asked) => list(asked, false) },
  post: { '': (asked) => list(asked, asked.form.get('ended') === 'on') },
}

async function list({ service, session }: Asked, endedToo: boolean): Promise<Page> {
  const asked = { addresseeNumber: null, endedToo, limit: shownMax + 1 }
  const found = await residenceProvisionsOf(service.stores, session.operator, asked, 'screen')
  return {
    title: '住所地特例',
    body: html`<p>広域連合から届いた住所地特例者情報です。取り消されたものは出ません。</p>
${post(
  session,
  here,
  html`<div class="row">${fieldOf({ name: 'ended', label: '終わった人も', type: 'check' }, { ended: endedToo ? 'on' : '' }, [])}<button>表示する</button></div>`,
)}
${
  found.length > shownMax &&
  html`<p>${shownMax}人より多くあります。はじめの${shownMax}人です。ほかの人は、その人の画面で確かめてください。</p>`
}
${table(
  '住所地特例の人',
  ['氏名', '生年月日', '区分', '適用', '施設', '被保険者番号', '宛名番号'],
  found.slice(0, shownMax).map(
    (one) =>
      html`<tr class="${one.until === null ? '' : 'gone'}"><th scope="row">${nameOf(one)}</th><td>${day(one.birthDate)}</td><td>${sideOf(one)}</td>
<td>${periodOf(one)}</td><td>${facilityOf(one)}</td><td>${one.insuredNumber}</td><td>${one.addresseeNumber}</td></tr>`,
  ),
  '広域連合から届いた人はいません。',
)}`,
  }
}

/** その人の住所地特例 — on the person's own page; those that have ended too. */
export async function provisionsTable(
  { stores }: Service,
  operator: Operator,
  addresseeNumber: string,
): Promise<Html> {
  const asked = { addresseeNumber, endedToo: true, limit: shownMax }
  const found = await residenceProvisionsOf(stores, operator, asked, 'screen')
  return html`<h2>住所地特例</h2>
${table(
  '広域連合から届いた住所地特例',
  ['区分', '適用', '施設'],
  found.map(
    (one) =>
      html`<tr class="${one.until === null ? '' : 'gone'}"><td>${sideOf(one)}</td><td>${periodOf(one)}</td><td>${facilityOf(one)}</td></tr>`,
  ),
)}`
}

function nameOf({ name, resident, nonRegistered }: ResidenceProvision): Html | string {
  if (resident !== null) return html`<a href="/screens/residents/${resident}">${name}</a>`
  return nonRegistered === null
    ? name
    : html`<a href="/screens/non-registered/${nonRegistered}">${name}</a>`
}

const { codes: sides } = 住所地特例者情報.columns.住所地特例区分

function sideOf({ provisionKind, insurerUnion, formerInsurerNumber }: ResidenceProvision): string {
  const side = sides[provisionKind as keyof typeof sides]
  const insurer = provisionKind === '1' ? '' : `、広域連合 ${insurerUnion}`
  return `${side}${insurer}${formerInsurerNumber === null ? '' : `、前の保険者 ${formerInsurerNumber}`}`
}

const periodOf = ({ from, until }: ResidenceProvision): string =>
  until === null ? `${day(from)}から` : `${day(from)}から、${day(until)}に終わった`

function facilityOf({ facility }: ResidenceProvision): Html | string {
  if (facility === null) return withheld
  const { kind, name, address, enteredOn, leftOn } = facility
  if (kind === null) return '届出がありません'
  return html`${[kind, name].filter(Boolean).join(' ')}<br>${address}<br>${day(enteredOn)}から${leftOn !== null && `、${day(leftOn)}に出た`}`
}

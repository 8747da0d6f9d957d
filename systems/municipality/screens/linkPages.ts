import { conducts, conductWords, presentConduct, releaseMedia } from '../municipalSystem/conduct.ts'
import { read } from '../route.ts'
import { ConductAsked, changeConduct } from '../routes/conduct.ts'
import { type Held, stateDigest } from '../stateDigest.ts'
import { fieldOf } from './fields.ts'
import { type Html, html } from './html.ts'
import { jobTable } from './jobs.ts'
import { day, type Page, post, table } from './page.ts'
import type { Answer, Asked, Room } from './screens.ts'

const here = '/screens/links'

/** 連携の様子 — what the three systems hold, whether they agree, and how the stand-in behaves. */
export const linkPages: Room = {
  place: 'links',
  get: { '': overview },
  post: { '/conduct': behave, '/release': release },
}

async function overview(asked: Asked): Promise<Page> {
  const { service, session } = asked
  const { scope, municipality } = session.operator
  const state = await stateDigest(service.stores, scope)
  const { residentRegister, localTax, municipalSystem: system } = state
  const conduct = await service.stores.municipalSystem.transaction(scope, (tx) =>
    presentConduct(tx, municipality),
  )
  const row = (from: string, to: string, one: Held, other: Held): Html =>
    html`<tr><td>${from}</td><td class="number">${one.count}</td><td>${to}</td><td class="number">${other.count}</td><td>${
      one.digest === other.digest ? '一致' : '違います（移転を待っているものがあります）'
    }</td></tr>`
  return {
    title: '連携の様子',
    body: html`<h2>三つのシステム</h2>
${table(
  '渡した側と受けた側',
  ['渡した側', '件数', '受けた側', '件数', '内容'],
  [
    row('住基システム 住民票', '市区町村システム 住民', residentRegister, system.residents),
    row('地方税システム 住民税', '市区町村システム 所得', localTax, system.incomes),
  ],
)}
<h2>広域連合と</h2>
${table(
  '市区町村システムが持つもの',
  ['もの', '件数', '内訳'],
  [
    ...Object.entries(system.exported).map(
      ([layout, one]) =>
        html`<tr><td>移出済みの ${layout}</td><td class="number">${one.count}</td><td></td></tr>`,
    ),
    html`<tr><td>住登外</td><td class="number">${system.nonRegistered.count}</td><td></td></tr>`,
    html`<tr><td>被保険者（資格の期間）</td><td class="number">${system.insuredPersons.count}</td><td>今の資格${system.insuredPersons.current}、番号に結び付いたもの${system.insuredPersons.linked}</td></tr>`,
    html`<tr><td>住民票に記載した資格の期間</td><td class="number">${residentRegister.insuredEntries.count}</td><td>今の資格${residentRegister.insuredEntries.current}</td></tr>`,
    html`<tr><td>住所地特例者</td><td class="number">${system.residenceProvisions.count}</td><td>今の適用${system.residenceProvisions.current}</td></tr>`,
    ...Object.entries(system.premiums).map(
      ([year, one]) =>
        html`<tr><td>${year}年度の保険料</td><td class="number">${one.count}</td><td>${one.totalYen.toLocaleString('ja-JP')}円</td></tr>`,
    ),
    ...Object.entries(system.documents).map(
      ([kind, one]) =>
        html`<tr><td>${kind}</td><td class="number">${one.printed}</td><td>止めたもの${one.stopped}、交付${one.handedOver}</td></tr>`,
    ),
  ],
)}
${
  service.inventedWorld &&
  html`<h2>代役の行儀</h2>
<p>今の行儀: <strong>${conductWords[conduct.conduct]}</strong>${conduct.heldUntil !== null && html`（${day(conduct.heldUntil)}まで）`}</p>
${table(
  '行儀のわるい間に作ったもの',
  ['媒体の上の名前'],
  conduct.media.map((name) => html`<tr><td>${name}</td></tr>`),
)}
<section class="acts">${post(
    session,
    `${here}/conduct`,
    html`<div class="row">${fieldOf(
      {
        name: 'conduct',
        label: '次の移出と受領書から',
        type: 'choice',
        required: true,
        choices: conducts.map((one) => [one, conductWords[one]] as const),
      },
      { conduct: conduct.conduct },
      [],
    )}${fieldOf({ name: 'until', label: '出す日（遅らせるとき）', type: 'date' }, {}, [])}<button>行儀を決める</button></div>`,
  )}
${conduct.media.length > 0 && post(session, `${here}/release`, html`<p><button>今すぐ行儀よく出す</button></p>`)}</section>`
}
${await jobTable(asked)}`,
  }
}

async function behave({ service, session, form }: Asked): Promise<Answer> {
  const until = form.get('until') ?? ''
  const asked = read(ConductAsked, {
    conduct: form.get('conduct'),
    until: until === '' ? null : until,
  })
  const { conduct } = await changeConduct(service, session.operator, asked)
  return { to: here, told: [`これからの行儀を「${conductWords[conduct]}」にしました。`] }
}

async function release({ service, session }: Asked): Promise<Answer> {
  const { scope, municipality } = session.operator
  const released = await service.stores.municipalSystem.transaction(scope, (tx) =>
    releaseMedia(tx, municipality),
  )
  return { to: here, told: [`${released}件を行儀よく出しました。`] }
}

import { createReadStream } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { documentsFolder } from '../jobs.ts'
import {
  type Bundle,
  confirmBundle,
  handOverBundle,
  listBundles,
  listDocuments,
  lookAtWithoutCertificate,
  openBundle,
} from '../municipalSystem/documents.ts'
import { documentKinds } from '../municipalSystem/printDocuments.ts'
import { Refusal } from '../refusal.ts'
import { notThere, read } from '../route.ts'
import { type Html, html } from './html.ts'
import { jobTable, runAndWait } from './jobs.ts'
import { day, type Fault, type Page, post, table } from './page.ts'
import type { Answer, Asked, Room } from './screens.ts'
import type { Session } from './session.ts'

const here = '/screens/documents'
const Identified = z.object({ bundle: z.uuid() })
const listMax = 200

/** 発行 — bundles of printed sheets, their count and hand-over; what was held back, and who has no document to print. */
export const documentPages: Room = {
  place: 'documents',
  get: { '': (asked) => overview(asked, []), '/:bundle/pdf': pdf },
  post: { '': start, '/:bundle/confirm': confirm, '/:bundle/hand-over': handOver },
}

async function overview(asked: Asked, faults: readonly Fault[]): Promise<Page> {
  const { service, session } = asked
  const { scope, actor } = session.operator
  const { bundles, stopped, missing } = await service.stores.municipalSystem.transaction(
    scope,
    async (tx) => ({
      bundles: await listBundles(tx, scope),
      stopped: await listDocuments(tx, scope, { stopped: true, limit: listMax }, actor),
      missing: await lookAtWithoutCertificate(tx, scope, listMax, actor),
    }),
  )
  return {
    title: '発行',
    faults,
    body: html`<div class="row acts">${documentKinds.map((kind) =>
      post(session, here, html`<button name="kind" value="${kind}">${kind}を発行する</button>`),
    )}</div>
<h2>印刷の束</h2>
<p>紙は、刷った枚数を数えて確かめたときに、はじめて数に入ります。書き損じた紙は、もう一度発行すると刷り直しになります。</p>
${table(
  '印刷の束',
  ['種類', '用紙番号', '印刷', 'PDF', '紙の確かめ', '交付'],
  bundles.toReversed().map((one) => bundleRow(session, one)),
)}
<h2>止めたもの</h2>
${table(
  `止めたもの（${listMax}件まで）`,
  ['種類', '用紙番号', '被保険者番号', '日', '理由'],
  stopped.map(
    (one) =>
      html`<tr><td>${one.kind}</td><td class="number">${one.sheetNumber}</td><td>${one.insuredNumber}</td><td>${day(one.issuedOn)}</td><td>${one.stoppedBecause}</td></tr>`,
  ),
)}
<h2>発行用情報のない人</h2>
<p>広域連合から発行用情報が届いていない人には、資格確認書も資格情報のお知らせも作りません。</p>
${table(
  `発行用情報のない人（${listMax}人まで）`,
  ['被保険者番号', '資格取得年月日', '理由'],
  missing.map(
    (one) =>
      html`<tr><td>${one.insuredNumber}</td><td>${day(one.acquiredOn)}</td><td>${one.because}</td></tr>`,
  ),
)}
${await jobTable(asked)}`,
  }
}

function bundleRow(session: Session, one: Bundle): Html {
  const place = `${here}/${one.bundleId}`
  const sheets = `用紙 ${one.sheetFrom}〜${one.sheetUntil}`
  return html`<tr><td>${one.kind}</td><td>${one.sheetFrom}から${one.sheetUntil}</td>
<td>${one.sheetCount}枚（${one.pageCount}ページ）<br>${
    one.reprints === 0 ? '初めての印刷' : `うち刷り直し${one.reprints}枚`
  }</td>
<td><a href="${place}/pdf">PDFを開く<span class="help">${sheets}</span></a></td>
<td>${
    one.confirmedOn === null
      ? post(
          session,
          `${place}/confirm`,
          html`<label for="n-${one.bundleId}">数えた枚数</label> <input id="n-${one.bundleId}" name="counted" inputmode="numeric" size="6">
<label for="s-${one.bundleId}">書き損じの用紙番号</label> <input id="s-${one.bundleId}" name="spoiled" size="12" aria-describedby="h-${one.bundleId}"><span class="help" id="h-${one.bundleId}">なければ空。2枚からは間をあけて。</span>
<button>確かめた<span class="help">${sheets}</span></button>`,
        )
      : html`${day(one.confirmedOn)} ${one.printed}枚${one.spoiled > 0 && `、書き損じ${one.spoiled}枚`}`
  }</td>
<td>${one.handedOver}枚${
    one.handedOver < one.printed &&
    post(
      session,
      `${place}/hand-over`,
      html`<button name="method" value="窓口">窓口で渡した</button> <button name="method" value="郵送">郵送した</button>`,
    )
  }</td></tr>`
}

const numbers = (text: string | undefined): number[] =>
  (text ?? '')
    .normalize('NFKC')
    .split(/[^0-9]+/)
    .filter(Boolean)
    .map(Number)

/** 紙の確かめ — what a clerk counted, and which sheets came out badly. */
async function confirm(asked: Asked): Promise<Answer> {
  const { service, session, request, form } = asked
  const { scope, actor } = session.operator
  const { bundle } = read(Identified, request.params)
  const told = Object.fromEntries(form) as { counted?: string; spoiled?: string }
  const [counted] = numbers(told.counted)
  if (counted === undefined)
    return overview(asked, [
      { sentence: '刷れた紙の枚数を数えて、数字で書いてください。', field: `n-${bundle}` },
    ])
  try {
    const { printed, spoiled } = await service.stores.municipalSystem.transaction(scope, (tx) =>
      confirmBundle(tx, scope, bundle, { counted, spoiled: numbers(told.spoiled) }, actor),
    )
    const again = spoiled === 0 ? '' : `書き損じは${spoiled}枚で、もう一度発行すると刷り直します。`
    return { to: here, told: [`${printed}枚を印刷済みにしました。${again}`] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return overview(
      asked,
      error.reasons.map((sentence) => ({ sentence })),
    )
  }
}

async function start(asked: Asked): Promise<Answer> {
  const { kind } = read(z.object({ kind: z.enum(documentKinds) }), Object.fromEntries(asked.form))
  return { to: here, told: [await runAndWait(asked, asked.service.jobs.print, { kind })] }
}

async function handOver({ service, session, request, form }: Asked): Promise<Answer> {
  const { scope, actor } = session.operator
  const { bundle } = read(Identified, request.params)
  const { method } = read(z.object({ method: z.enum(['窓口', '郵送']) }), Object.fromEntries(form))
  const { handedOver, left } = await service.stores.municipalSystem.transaction(scope, (tx) =>
    handOverBundle(tx, scope, bundle, method, actor),
  )
  const rest = left === 0 ? '' : `窓口で手渡す紙が、まだ${left}枚あります。`
  return { to: here, told: [`${handedOver}枚の交付（${method}）を記録しました。${rest}`] }
}

async function pdf({ service, session, request }: Asked): Promise<Answer> {
  const { scope, municipality, actor } = session.operator
  const { bundle } = read(Identified, request.params)
  const digest = await service.stores.municipalSystem.transaction(scope, (tx) =>
    openBundle(tx, scope, bundle, actor),
  )
  if (digest === null) throw notThere()
  const file = path.join(documentsFolder(service), municipality, `${bundle}.pdf`)
  return { file: createReadStream(file), type: 'application/pdf' }
}

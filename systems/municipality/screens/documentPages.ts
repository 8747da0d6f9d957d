import { createReadStream } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { documentsFolder } from '../jobs.ts'
import {
  handOverBundle,
  listBundles,
  listDocuments,
  openBundle,
} from '../municipalSystem/documents.ts'
import { notThere, read } from '../route.ts'
import { html } from './html.ts'
import { jobTable, runAndWait } from './jobs.ts'
import { day, type Page, post, table } from './page.ts'
import type { Answer, Asked, Room } from './screens.ts'

const here = '/screens/documents'
const Identified = z.object({ bundle: z.uuid() })
const kinds = ['資格確認書', '保険料額決定通知書'] as const

/** 発行 — bundles of printed sheets, what was held back, and the hand-over. */
export const documentPages: Room = {
  place: 'documents',
  get: { '': overview, '/:bundle/pdf': pdf },
  post: { '': start, '/:bundle/hand-over': handOver },
}

async function overview(asked: Asked): Promise<Page> {
  const { service, session } = asked
  const { scope, actor } = session.operator
  const { bundles, stopped } = await service.stores.municipalSystem.transaction(
    scope,
    async (tx) => ({
      bundles: await listBundles(tx, scope),
      stopped: await listDocuments(tx, scope, { stopped: true, limit: 200 }, actor),
    }),
  )
  return {
    title: '発行',
    body: html`<div class="row acts">${kinds.map((kind) =>
      post(session, here, html`<button name="kind" value="${kind}">${kind}を発行する</button>`),
    )}</div>
<h2>印刷の束</h2>
${table(
  '印刷の束',
  ['種類', '用紙番号', '枚数', 'ページ', 'PDF', '交付'],
  bundles.toReversed().map(
    (one) =>
      html`<tr><td>${one.kind}</td><td>${one.sheetFrom}から${one.sheetUntil}</td><td class="number">${one.sheetCount}</td><td class="number">${one.pageCount}</td>
<td><a href="${here}/${one.bundleId}/pdf">PDFを開く<span class="help">用紙 ${one.sheetFrom}〜${one.sheetUntil}</span></a></td>
<td>${one.handedOver}枚${
        one.handedOver < one.sheetCount &&
        post(
          session,
          `${here}/${one.bundleId}/hand-over`,
          html`<button name="method" value="窓口">窓口で渡した</button> <button name="method" value="郵送">郵送した</button>`,
        )
      }</td></tr>`,
  ),
)}
<h2>止めたもの</h2>
${table(
  '止めたもの（200件まで）',
  ['種類', '用紙番号', '被保険者番号', '日', '理由'],
  stopped.map(
    (one) =>
      html`<tr><td>${one.kind}</td><td class="number">${one.sheetNumber}</td><td>${one.insuredNumber}</td><td>${day(one.issuedOn)}</td><td>${one.stoppedBecause}</td></tr>`,
  ),
)}
${await jobTable(asked)}`,
  }
}

async function start(asked: Asked): Promise<Answer> {
  const { kind } = read(z.object({ kind: z.enum(kinds) }), Object.fromEntries(asked.form))
  return { to: here, told: [await runAndWait(asked, asked.service.jobs.print, { kind })] }
}

async function handOver({ service, session, request, form }: Asked): Promise<Answer> {
  const { scope, actor } = session.operator
  const { bundle } = read(Identified, request.params)
  const { method } = read(z.object({ method: z.enum(['窓口', '郵送']) }), Object.fromEntries(form))
  const count = await service.stores.municipalSystem.transaction(scope, (tx) =>
    handOverBundle(tx, scope, bundle, method, actor),
  )
  return { to: here, told: [`${count}枚の交付（${method}）を記録しました。`] }
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

import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { z } from 'zod'
import { horizonMonthsDefault } from '../municipalSystem/exportScope.ts'
import { Refusal } from '../refusal.ts'
import { notThere, read } from '../route.ts'
import { exportsOn, takeExport, takeReceipt } from '../routes/exports.ts'
import { importOf, importsOf, noteManifest, receiptFor, takeSealed } from '../routes/imports.ts'
import { transfersOf } from '../routes/transfers.ts'
import { type Html, html } from './html.ts'
import { ended, jobTable, runAndWait } from './jobs.ts'
import { type Page, post, table } from './page.ts'
import { type Answer, type Asked, type Room, requireKey } from './screens.ts'

const Named = z.object({ name: z.string().max(100) })
const Identified = z.object({ transmission: z.uuid() })
const here = '/screens/exchange'

/** 移転・移出・移入 — numbered files, what became of each, receipts and findings. */
export const exchangePages: Room = {
  place: 'exchange',
  get: {
    '': overview,
    '/exports/:name/manifest': takeManifest,
    '/exports/:name/file': takeFile,
    '/imports/:transmission': oneImport,
    '/imports/:transmission/receipt': takeOurReceipt,
  },
  post: {
    '/transfers': startTransfer,
    '/exports': startExport,
    '/imports': bringIn,
    '/receipts': bringReceipt,
  },
}

const states: Readonly<Record<string, string>> = {
  prepared: '媒体にある',
  sent: '取り出した',
  delivered: '届いた',
  waiting: '番号待ち',
  arrived: '受け取った',
  held: '確かめ待ち',
  applied: '取り込まれた',
  refused: '断られた',
}

async function overview(asked: Asked): Promise<Page> {
  const { service, session } = asked
  const { operator } = session
  const [transfers, exported, imported] = [
    await transfersOf(service, operator),
    await exportsOn(service, operator),
    await importsOf(service, operator),
  ]
  const button = (action: string, name: string, value: string, label: string): Html =>
    post(
      session,
      `${here}/${action}`,
      html`<button name="${name}" value="${value}">${label}</button>`,
    )
  return {
    title: '移転・移出・移入',
    body: html`<h2>移転</h2>
<div class="row acts">${button('transfers', 'step', '2-1', '2-1 住民票の異動を受ける')}${button('transfers', 'step', '4-1', '4-1 住民税を受ける')}${button('transfers', 'step', '3-6', '3-6 資格の日を住民票へ渡す')}</div>
${table(
  '移転の控え',
  ['手順', '番号', '行数', '変わったもの', '受けた時刻'],
  transfers
    .slice(0, 20)
    .map(
      (one) =>
        html`<tr><td>${one.step}</td><td class="number">${one.transferNumber}</td><td class="number">${one.rows}</td><td class="number">${one.changed}</td><td>${moment(one.receivedAt)}</td></tr>`,
    ),
)}
<h2>移出</h2>
<div class="row acts">${button('exports', 'step', '2-2', '2-2 住基と住登外を移出する')}${button('exports', 'step', '4-2', '4-2 所得を移出する')}</div>
${table(
  '媒体にあるもの',
  ['レイアウト', '通し番号', '件数', '状態', '広域連合の答え', '取り出す'],
  exported.map(
    (one) =>
      html`<tr><td class="word">${one.layout}</td><td class="number">${one.sequenceNumber}</td><td class="number">${one.records}</td><td class="word">${states[one.state ?? ''] ?? one.state}</td><td>${one.sentence}</td>
<td><a href="${here}/exports/${one.name}/manifest">送り状<span class="help">${one.name}</span></a> <a href="${here}/exports/${one.name}/file">封じたファイル</a></td></tr>`,
  ),
)}
<section class="acts">${post(
      session,
      `${here}/receipts`,
      html`<div class="field"><label for="receipt">広域連合の受領書を取り込む</label><span class="help" id="receipt-help">受領書のファイルの中身を貼り付けます。</span>
<textarea id="receipt" name="receipt" rows="3" cols="60" aria-describedby="receipt-help"></textarea></div><button>受領書を取り込む</button>`,
    )}</section>
<h2>移入</h2>
<section class="acts">${post(
      session,
      `${here}/imports`,
      html`<div class="row"><div class="field"><label for="manifest">送り状の中身</label><textarea id="manifest" name="manifest" rows="3" cols="40"></textarea></div>
<div class="field"><label for="sealed">封じたファイル</label><input type="file" id="sealed" name="sealed"></div><button>移入する</button></div>`,
      true,
    )}</section>
${table(
  '移入したもの',
  ['レイアウト', '通し番号', '件数', '状態', '様子', '所見'],
  imported.map(
    (one) =>
      html`<tr><td class="word"><a href="${here}/imports/${one.transmission}">${one.layout}</a></td><td class="number">${one.sequenceNumber}</td><td class="number">${one.records}</td><td class="word">${states[one.state] ?? one.state}</td><td>${one.sentence}</td><td class="word">誤り${one.errors}・注意${one.warnings}</td></tr>`,
  ),
)}
${await jobTable(asked)}`,
  }
}

const moment = (at: string): string =>
  new Date(at).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })

async function startTransfer(asked: Asked): Promise<Answer> {
  const { step } = read(
    z.object({ step: z.enum(['2-1', '3-6', '4-1']) }),
    Object.fromEntries(asked.form),
  )
  return { to: here, told: [await runAndWait(asked, asked.service.jobs.transfer, { step })] }
}

async function startExport(asked: Asked): Promise<Answer> {
  const { step } = read(z.object({ step: z.enum(['2-2', '4-2']) }), Object.fromEntries(asked.form))
  const ask = {
    step,
    mode: 'auto',
    fiscalYear: null,
    horizonMonths: horizonMonthsDefault,
  } as const
  return { to: here, told: [await runAndWait(asked, asked.service.jobs.exportFiles, ask)] }
}

async function takeManifest({ service, session, request }: Asked): Promise<Answer> {
  const { name } = read(Named, request.params)
  const text = await service.medium.manifest(session.operator.municipality, name)
  if (text === null) throw notThere()
  return download(text, `${name}.manifest.json`)
}

async function takeFile({ service, session, request }: Asked): Promise<Answer> {
  const { name } = read(Named, request.params)
  const file = await takeExport(service, session.operator, name)
  return { file, type: 'application/octet-stream', name: `${name}.age` }
}

const download = (text: string, name: string): Answer => ({
  file: textStream(text),
  type: 'application/json',
  name,
})

async function bringReceipt({ service, session, form }: Asked): Promise<Answer> {
  const receipt = (form.get('receipt') ?? '').trim()
  if (receipt === '') throw new Refusal(['受領書の中身を貼り付けてください。'])
  const { sentence } = await takeReceipt(service, session.operator, receipt)
  return { to: here, told: [sentence] }
}

/** The fields come before the file in the form, so the key and the manifest are known when it begins. */
async function bringIn(asked: Asked): Promise<Answer> {
  const { service, session, request } = asked
  if (!request.isMultipart()) throw new Refusal(['封じたファイルを選んでください。'])
  const part = await request.file()
  const field = (name: string): string => {
    const found = part?.fields[name]
    return found !== undefined && 'value' in found ? String(found.value) : ''
  }
  requireKey(session, field('formKey'))
  const manifest = field('manifest').trim()
  if (part === undefined || part.filename === '' || manifest === '') {
    if (part !== undefined) await textOf(part.file)
    throw new Refusal(['送り状の中身を貼り付け、封じたファイルを選んでください。'])
  }
  const transmission = await noteManifest(service, session.operator, `${manifest}\n`)
  const came = await takeSealed(service, session.operator, transmission, part.file)
  return {
    to: `${here}/imports/${transmission}`,
    told: [came.sentence, ...(came.job === null ? [] : [await ended(asked, came.job)])],
  }
}

async function oneImport({ service, session, request }: Asked): Promise<Page> {
  const { transmission } = read(Identified, request.params)
  const one = await importOf(service, session.operator, transmission)
  const receipt = await receiptFor(service, session.operator, transmission)
  return {
    title: `移入 ${one.layout} 通し番号${one.sequenceNumber}`,
    body: html`<p>${states[one.state] ?? one.state}: ${one.sentence}</p>
${table(
  '所見',
  ['行', '項目', '重さ', '文'],
  one.findings.map(
    (finding) =>
      html`<tr><td class="number">${finding.line}</td><td>${finding.column}</td><td>${finding.severity === 'warning' ? '注意' : '誤り'}</td><td>${finding.sentence}</td></tr>`,
  ),
)}
<h2>受領書</h2>
${
  receipt === null
    ? html`<p>まだありません。</p>`
    : html`<p><a href="${here}/imports/${transmission}/receipt">受領書を取り出す</a>（窓口端末から広域連合へ渡します）</p>`
}
<p><a href="${here}">移転・移出・移入へ戻る</a></p>`,
  }
}

async function takeOurReceipt({ service, session, request }: Asked): Promise<Answer> {
  const { transmission } = read(Identified, request.params)
  const text = await receiptFor(service, session.operator, transmission)
  if (text === null) throw notThere()
  return download(text, `${transmission}.receipt.json`)
}

const textStream = (text: string): Readable => Readable.from([text])

import { formatWareki, type PlainDate } from '@koiki/kernel'
import { municipalityNamed } from '../municipalityNamed.ts'
import { Html, html } from './html.ts'
import type { Session } from './session.ts'

/** 画面 — what stands between the menu and the foot. */
export interface Page {
  readonly title: string
  readonly body: Html
  /** Why what was asked was not done, each sentence with the field that it is about. */
  readonly faults?: readonly Fault[]
}

export interface Fault {
  readonly sentence: string
  readonly field?: string
}

const places = [
  ['residents', '住民をさがす'],
  ['events', '異動を記録する'],
  ['non-registered', '住登外'],
  ['residence-provisions', '住所地特例'],
  ['exchange', '移転・移出・移入'],
  ['documents', '発行'],
  ['links', '連携の様子'],
] as const
type Place = (typeof places)[number][0] | 'home' | null

/** ページ — the whole document; without a session only what a stranger may see. */
export function document(
  { title, body, faults = [] }: Page,
  session: Session | null,
  { place, invented }: { place: Place; invented: boolean },
): string {
  const town = session === null ? null : municipalityNamed(session.operator.municipality).name
  const done = session?.told ?? []
  if (session !== null) session.told = []
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${faults.length > 0 && 'エラー: '}${title} ${town ?? '市区町村'} 市区町村システム</title>
<link rel="stylesheet" href="/screens/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#main">本文へ</a>
<header><strong>${town ?? '市区町村'} 市区町村システム</strong>
${invented && html`<span class="invented">模擬の世界</span>`}
${session !== null && post(session, '/screens/sign-out', html`<button>サインアウト</button>`)}
</header>
${session !== null && menu(place)}
<main id="main" tabindex="-1">
<h1>${title}</h1>
${faults.length > 0 && faultList(faults)}
${
  done.length > 0 &&
  html`<div class="done" role="status">${done.map((sentence) => html`<p>${sentence}</p>`)}</div>`
}
${body}
</main>
</body>
</html>
`.text
}

const menu = (place: Place): Html =>
  html`<nav aria-label="仕事"><ul>${places.map(
    ([path, name]) =>
      html`<li><a href="/screens/${path}"${current(path === place)}>${name}</a></li>`,
  )}</ul></nav>`

const current = (here: boolean): Html => new Html(here ? ' aria-current="page"' : '')

const faultList = (faults: readonly Fault[]): Html => html`<div class="faults" role="alert">
<h2>できていません</h2>
<ul>${faults.map(
  ({ sentence, field }) =>
    html`<li>${field === undefined ? sentence : html`<a href="#${idOf(field)}">${sentence}</a>`}</li>`,
)}</ul></div>`

/** The id of a field's input. */
export const idOf = (field: string): string => `f-${field.replaceAll('.', '-')}`

/** 送る形 — every form that changes something carries the session's key. */
export const post = (session: Session, action: string, content: Html, upload = false): Html =>
  html`<form method="post" action="${action}"${new Html(upload ? ' enctype="multipart/form-data"' : '')} autocomplete="off">
<input type="hidden" name="formKey" value="${session.formKey}">
${content}
</form>`

/** 取扱注意 — in the place of what nobody may be shown. */
export const withheld = '取扱注意のため表示していません'

/** 和暦 — as a clerk reads a day. */
export const day = (date: PlainDate | string | null): string =>
  date === null ? '' : formatWareki(date as PlainDate)

/** 表 — headed, and scrolled by itself where the window is narrow. */
export const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly Html[],
  empty = 'ありません。',
): Html =>
  rows.length === 0
    ? html`<p>${caption}: ${empty}</p>`
    : html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`

/** 項目と内容 — pairs; what is empty is left out. */
export const facts = (pairs: readonly (readonly [string, Html | string | null])[]): Html =>
  html`<dl class="facts">${pairs
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`

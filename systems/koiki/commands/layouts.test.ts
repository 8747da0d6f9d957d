import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable, Writable } from 'node:stream'
import { after, test } from 'node:test'
import { layouts } from '@koiki/layouts'
import { run } from './layouts.ts'

const root = await mkdtemp(path.join(tmpdir(), 'koiki-layouts-'))
after(() => rm(root, { recursive: true }))
const at = (name: string): string => path.join(root, name)

async function koiki(
  args: string,
  stdin: Uint8Array = new Uint8Array(),
): Promise<{ code: number; out: Buffer; text: string; error: string }> {
  const caught = (all: Buffer[]) =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        all.push(chunk)
        done()
      },
    })
  const out: Buffer[] = []
  const error: Buffer[] = []
  const code = await run(args.split(' '), {
    stdin: Readable.from([stdin]),
    stdout: caught(out),
    stderr: caught(error),
  })
  const bytes = Buffer.concat(out)
  return { code, out: bytes, text: bytes.toString(), error: Buffer.concat(error).toString() }
}

test('一覧と文書: どのレイアウトも名前で見られる', async () => {
  const list = await koiki('list')
  assert.equal(list.code, 0)
  for (const layout of layouts) {
    assert.ok(list.text.includes(layout.name))
    const shown = await koiki(`show ${layout.name}@${layout.edition}`)
    assert.equal(shown.code, 0)
    assert.ok(shown.text.startsWith(`# ${layout.name}（${layout.edition}版）`))
  }
  assert.match((await koiki('show income-tax')).text, /^# 所得・課税情報（2026-07版）/)
  assert.match((await koiki('show codes')).text, /\| E0001 \| 必須エラー \|/)
})

test('見本を作り、検査すると誤りがない。名前を言わなくてもレイアウトがわかる', async () => {
  for (const layout of layouts) {
    const made = await koiki(`sample ${layout.id}@${layout.edition} --rows 20 --seed 3`)
    assert.equal(made.code, 0)
    const checked = await koiki('check - --today 2026-07-01', made.out)
    assert.equal(checked.code, 0, checked.text)
    assert.equal(
      checked.text,
      `標準入力: ${layout.name}（${layout.edition}）として 20件を検査しました。\n誤りはありません。\n`,
    )
  }
})

test('誤りは表で見え、終了コードは1。--json なら機械が読める', async () => {
  const bad = at('悪い.csv')
  const { text } = await koiki('sample 住民基本台帳情報 --rows 3')
  await writeFile(bad, text.replace(/"19[0-9]{2}-[0-9]{2}-[0-9]{2}"/, '"1946-02-31"'))
  const shown = await koiki(`check 住民基本台帳情報 ${bad}`)
  assert.equal(shown.code, 1)
  assert.match(shown.text, /2 +生年月日 +E1003 +エラー +生年月日が暦にない日です/)
  assert.match(shown.text, /エラー 1件、注意 0件/)
  const json = await koiki(`check ${bad} --json`)
  assert.equal(json.code, 1)
  const { errorCount, findings } = JSON.parse(json.text)
  assert.equal(errorCount, 1)
  assert.deepEqual(
    [findings[0].line, findings[0].column, findings[0].code, findings[0].file],
    [2, '生年月日', 'E1003', bad],
  )
})

test('固定長、Windows-31J、BOM付きと行き来して、元のバイトに戻る', async () => {
  const { out } = await koiki('sample 保険料情報 --rows 30')
  for (const format of ['fixed', 'sjis', 'utf8-bom']) {
    const there = await koiki(`convert 保険料情報 - --to ${format}`, out)
    assert.equal(there.code, 0, there.error)
    const back = await koiki(`convert 保険料情報 - --from ${format} --to utf8`, there.out)
    assert.deepEqual(back.out, out, format)
  }
})

test('書けない文字があれば、途中までのファイルを残さずに知らせる', async () => {
  const source = at('𠮷.csv')
  const { text } = await koiki('sample 被保険者情報 --rows 3')
  await writeFile(source, text.replace(/"[^"]*　[^"]*"/, '"例示　𠮷郎"'))
  const made = await koiki(`convert ${source} --to sjis --out ${at('変換後.csv')}`)
  assert.equal(made.code, 1)
  assert.match(made.error, /E1014 氏名の「𠮷」は Windows-31J にない文字です/)
  assert.match(made.error, /作りませんでした/)
  assert.ok(!(await readdir(root)).includes('変換後.csv'))
})

test('変えるときの所見は、読んだファイルの名とその行で言う', async () => {
  const source = at('変える元.csv')
  const { text } = await koiki('sample 被保険者情報 --rows 4')
  const names = ['', '例示　太郎', '例示　&太郎', '例示　花子', '例示　𠮷郎']
  const lines = text
    .split('\r\n')
    .map((line, index) => line.replace(/"[^"]*　[^"]*"/, `"${names[index]}"`))
  await writeFile(source, lines.join('\r\n'))
  for (const to of ['sjis', 'fixed']) {
    const { code, error } = await koiki(`convert ${source} --to ${to}`)
    assert.equal(code, 1)
    assert.deepEqual(
      error
        .split('\n')
        .filter((line) => line.includes(': E'))
        .map((line) => line.split(' ')[0]),
      [`${source}:3:`, `${source}:5:`],
      error,
    )
  }
})

test('あるファイルは上書きしない', async () => {
  const existing = at('ある.csv')
  await writeFile(existing, '大事なもの')
  const made = await koiki(`sample 被保険者情報 --out ${existing}`)
  assert.equal(made.code, 2)
  assert.match(made.error, /もうあります/)
  assert.equal(await readFile(existing, 'utf8'), '大事なもの')
})

test('使い方の誤りは、何が違うかを言って終了コード2', async () => {
  const wrong: [string, RegExp][] = [
    ['踊る', /「踊る」という仕事はありません/],
    ['show income-tax@1999-01', /「income-tax@1999-01」というレイアウトはありません/],
    ['show ない', /「ない」というレイアウトはありません[\s\S]*住民基本台帳情報/],
    ['check ない.csv', /ない\.csv というファイルはありません/],
    [`check 保険料情報 ${root}`, /ファイルではありません/],
    ['check -', /どのレイアウトかわかりません/],
    ['check - --format 点字', /形式「点字」はありません/],
    ['check - --today 2026-02-30', /暦にある日/],
    ['check - --municipality 43', /6桁/],
    ['sample 保険料情報 --rows 多め', /--rows には0以上の整数/],
    ['sample 保険料情報 --色 赤', /知らない選択/],
    ['convert 保険料情報 -', /--to に書き出す形式/],
  ]
  for (const [args, message] of wrong) {
    const { code, error } = await koiki(args)
    assert.equal(code, 2, args)
    assert.match(error, message)
  }
})

import type { Transmission } from '@koiki/union'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm, useRouter } from '../app/router.tsx'
import { words } from '../app/server.ts'
import { useMay, useSession } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { FilePick } from '../ui/parts.tsx'
import { Refused } from '../ui/states.tsx'
import { countText, sizeText, transmissionNumberText } from '../ui/text.ts'
import { Page } from './Screen.tsx'

type Told = {
  layout: string
  sequenceNumber: number
  recordCount: number
  municipality: string
  sealed: number
}

/**
 * 媒体から送る — and at the union's seat 持ち込む: what the 中間サーバー gave out at the 統合専用端末. The manifest and the sealed file, read back before they leave; nothing stays in
 * this terminal.
 */
export function Send() {
  const realm = useRealm()
  const session = useSession()
  const router = useRouter()
  const { say } = useStatus()
  const fromCounter = useMay('file.send')
  const mayCarryIn = useMay('file.carryIn')
  const maySend = fromCounter || mayCarryIn
  const said = fromCounter ? sending : carrying
  const [manifest, setManifest] = useState<File | null>(null)
  const [sealed, setSealed] = useState<File | null>(null)
  const [told, setTold] = useState<Told | null>(null)
  const [faults, setFaults] = useState<{ manifest?: string; sealed?: string }>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [sent, setSent] = useState<number | null>(null)
  /** What was told when the button was pressed; a file that is picked speaks at its own field. */
  const [pressed, setPressed] = useState<readonly { at: string; sentence: string }[]>([])
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])

  useEffect(() => {
    if (manifest === null) return
    let left = false
    manifest.text().then((text) => {
      if (left) return
      const read = readManifest(text)
      const own = session.municipality?.code ?? `${session.union.code}0000`
      const wrong = read !== null && read.municipality !== own
      setTold(wrong ? null : read)
      setFaults((now) => {
        const { manifest: _, ...rest } = now
        if (read === null)
          return {
            ...rest,
            manifest: `「${manifest.name}」は送り状ではありません。媒体の .json のファイルを選んでください。`,
          }
        if (wrong)
          return {
            ...rest,
            manifest:
              session.municipality === null
                ? 'これは中間サーバーのファイルではありません。市区町村のファイルは、その窓口端末から送ります。'
                : `これは${read.municipality}のファイルです。${session.municipality.name}の受け口には入りません。`,
          }
        return rest
      })
    })
    return () => {
      left = true
    }
  }, [manifest, session])

  const send = () => {
    if (sent !== null) return
    const missing = {
      ...faults,
      ...(manifest === null
        ? { manifest: '送り状を選んでください。媒体の .json のファイルです。' }
        : {}),
      ...(sealed === null
        ? { sealed: '封をしたファイルを選んでください。媒体の .age のファイルです。' }
        : {}),
    }
    if (manifest === null || sealed === null || told === null) {
      setFaults(missing)
      setPressed(Object.entries(missing).map(([at, sentence]) => ({ at, sentence })))
      return
    }
    setPressed([])
    setFailure(null)
    setSent(0)
    const form = new FormData()
    form.append('manifest', manifest, 'manifest.json')
    form.append('file', sealed, 'sealed.age')
    const request = new XMLHttpRequest()
    request.open('POST', `/${realm}/api/${said.path}`)
    request.setRequestHeader('koiki-desk', '1')
    request.upload.onprogress = (event) => setSent(event.loaded)
    request.onload = () => {
      const answer = readAnswer(request.responseText)
      if (request.status === 201 && answer.transmission !== undefined) {
        say(
          `${answer.layout} ${transmissionNumberText(answer.number ?? 0)}を${said.done}。受領書は検査のあとに返ります。`,
        )
        // Whoever has gone on to other work meanwhile is told, and not called back.
        if (here.current)
          router.go({ screen: 'file', direction: 'in', transmission: answer.transmission })
      } else {
        setSent(null)
        setFailure(answer.message ?? `${said.failed}。何も変わっていません。`)
      }
    }
    request.onerror = () => {
      setSent(null)
      setFailure(words.offline)
    }
    request.send(form)
  }
  useKeys([{ key: 'Ctrl+Enter', word: said.verb, run: send }])

  if (!maySend)
    return (
      <Page title="媒体から送る">
        <p>媒体からの送信は、市区町村の窓口端末でします。</p>
        <p>
          <Link to={{ screen: 'files', direction: 'in' }}>届いたファイルへ</Link>
        </p>
      </Page>
    )
  return (
    <Page title={said.title}>
      <ErrorSummary faults={pressed} />
      <Refused word={said.failed} sentence={failure} />
      <p>{said.about}</p>
      <div className="stack send">
        <div data-at="manifest">
          <FilePick
            label="(1) 送り状"
            need
            support="媒体の .json のファイル。中の市区町村・番号・件数を、下に読み上げます。"
            accept=".json,application/json"
            file={manifest}
            error={faults.manifest ?? null}
            pick={(file) => {
              setManifest(file)
              setPressed([])
            }}
          />
        </div>
        <div data-at="sealed">
          <FilePick
            label="(2) 封をしたファイル"
            need
            support="媒体の .age のファイル。"
            file={sealed}
            error={faults.sealed ?? null}
            pick={(file) => {
              setSealed(file)
              setPressed([])
              setFaults(({ sealed: _, ...rest }) => rest)
            }}
          />
        </div>
        <section aria-labelledby="read" aria-live="polite" className="read-back">
          <h2 id="read">{said.what}</h2>
          {told === null ? (
            <p className="quiet">送り状を選ぶと、ここに出ます。</p>
          ) : (
            <dl className="facts">
              <dt>情報</dt>
              <dd>{told.layout}</dd>
              <dt>番号</dt>
              <dd>{transmissionNumberText(told.sequenceNumber)}</dd>
              <dt>件数</dt>
              <dd>{countText(told.recordCount)}件</dd>
              <dt>送り先</dt>
              <dd>{session.union.name}</dd>
              <dt>大きさ</dt>
              <dd>
                {sizeText(told.sealed)}
                {sealed !== null &&
                  (sealed.size === told.sealed
                    ? '(選んだファイルと合っています)'
                    : `(選んだファイルは${sizeText(sealed.size)}で、合っていません)`)}
              </dd>
            </dl>
          )}
        </section>
        <div className="bar">
          <button type="button" className="button main" onClick={send}>
            {told === null
              ? said.verb
              : `${told.layout} ${transmissionNumberText(told.sequenceNumber)} ${countText(told.recordCount)}件を${said.verb}`}{' '}
            <kbd>Ctrl+Enter</kbd>
          </button>
        </div>
        {sent !== null && sealed !== null && (
          <div>
            <progress
              max={sealed.size}
              value={Math.min(sent, sealed.size)}
              aria-label={said.busy}
            />
            <p className="small" role="status">
              {said.busy}。{sizeText(Math.min(sent, sealed.size))} / {sizeText(sealed.size)}
            </p>
          </div>
        )}
      </div>
    </Page>
  )
}

const sending = {
  title: '媒体から送る',
  path: 'transmissions',
  verb: '送る',
  what: '送るもの',
  busy: '送っています',
  done: '送りました',
  failed: '送れませんでした',
  about:
    '市区町村システムから媒体に移したファイルを、広域連合へ送ります。封をしたまま送り、この端末には何も残りません。',
}
const carrying = {
  title: '中間サーバーの一覧を持ち込む',
  path: 'carried-transmissions',
  verb: '持ち込む',
  what: '持ち込むもの',
  busy: '持ち込んでいます',
  done: '持ち込みました',
  failed: '持ち込めませんでした',
  about:
    '統合専用端末で中間サーバーから受け取ったファイルを入れます。封をしたまま入れ、検査のあとに取り込みます。この端末には何も残りません。',
}

/** A page that is not ours may answer: what it says is no sentence for a clerk. */
function readAnswer(text: string): Partial<Transmission> & { message?: string } {
  try {
    return JSON.parse(text) as Partial<Transmission> & { message?: string }
  } catch {
    return {}
  }
}

function readManifest(text: string): Told | null {
  try {
    const read = JSON.parse(text) as Record<string, unknown>
    const { layout, sequenceNumber, recordCount, municipality } = read
    const sealed = (read.sealed as { bytes?: unknown } | undefined)?.bytes
    if (
      typeof layout !== 'string' ||
      typeof sequenceNumber !== 'number' ||
      typeof recordCount !== 'number' ||
      typeof municipality !== 'string' ||
      typeof sealed !== 'number'
    )
      return null
    return { layout, sequenceNumber, recordCount, municipality, sealed }
  } catch {
    return null
  }
}

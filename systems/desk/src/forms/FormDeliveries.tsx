import type { FormDelivery, FormDeliveries as List } from '@koiki/union'
import { useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { AskError, ask, handOver, take, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { Page } from '../screens/Screen.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Button, Chip } from '../ui/parts.tsx'
import { Empty, Refused, Shown } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import { countText, momentText, sizeText, timeWords, transmissionNumberText } from '../ui/text.ts'

/** 配信された帳票 — numbered lists for a municipality: fetched, counted, and only then settled. */
export function FormDeliveries() {
  const [older, setOlder] = useState<string | null>(null)
  const where = older === null ? 'form-deliveries' : `form-deliveries?older=${older}`
  const answer = useAnswer<List>(useRealm(), where)
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  return (
    <Page title="配信の帳票">
      <p>
        <Link to={{ screen: 'files', direction: 'out' }}>ファイルへ戻る</Link>
      </p>
      <Shown answer={answer} name="配信の帳票を読み込んでいます。">
        {(list) => (
          <>
            <Listed list={list} again={answer.again} />
            {(older !== null || list.older !== null) && (
              <div className="bar">
                {older !== null && <Button run={() => setOlder(null)}>新しいものへ戻る</Button>}
                {list.older !== null && (
                  <Button run={() => setOlder(list.older)}>これより前のものを見る</Button>
                )}
              </div>
            )}
          </>
        )}
      </Shown>
    </Page>
  )
}

const reckonedOf = async (pdf: Blob): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', await pdf.arrayBuffer()))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

function Listed({ list, again }: { list: List; again: () => void }) {
  const realm = useRealm()
  const mayFetch = useMay('file.fetch')
  const { say } = useStatus()
  const [failure, setFailure] = useState<string | null>(null)
  /** What this desk has in hand: the digest that it reckoned itself of the bytes that came. */
  const [inHand, setInHand] = useState<ReadonlyMap<string, string>>(new Map())
  const [counting, setCounting] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      setFailure(error.failure.message)
    } finally {
      setBusy(false)
    }
  }
  const fetchIt = (one: FormDelivery) =>
    attempt(async () => {
      const pdf = await take(realm, `form-deliveries/${one.delivery}/pdf`)
      const reckoned = await reckonedOf(pdf)
      setInHand((before) => new Map(before).set(one.delivery, reckoned))
      handOver(pdf, `forms-${String(one.number).padStart(4, '0')}.pdf`)
      setCounting(one.delivery)
      say(`${transmissionNumberText(one.number)}を受け取りました。刷って、枚数を数えてください。`)
      again()
    })
  const receive = (one: FormDelivery, pages: number) =>
    attempt(async () => {
      const sha256 = inHand.get(one.delivery)
      if (sha256 === undefined) return
      await ask(realm, `form-deliveries/${one.delivery}/receipt`, {
        method: 'POST',
        body: { pages, sha256 },
      })
      setCounting(null)
      say(`${transmissionNumberText(one.number)}の枚数と中身が合いました。済になりました。`)
      again()
    })
  const counted = list.deliveries.find(({ delivery }) => delivery === counting)
  if (list.deliveries.length === 0)
    return (
      <Empty>
        <p>配信した帳票は、まだ1件もありません。({timeWords(list.checkedAt)}に確かめました)</p>
        <p>
          資格の異動があった日と、月の初めに、日次の実行が一覧を作ります。
          {realm === 'union' && '「実行」から作ることもできます。'}
        </p>
      </Empty>
    )
  return (
    <>
      <Refused sentence={failure} />
      {list.overdue.forms > 0 && (
        <div className="banner bad" role="alert">
          <span className="word">受け取りなし</span>
          <p>
            {list.termDays}日たっても受け取られていない帳票が{countText(list.overdue.forms)}
            件あります。
            {realm === 'counter'
              ? '受け取って、枚数を確かめてください。'
              : `${namesOf(list.overdue.municipalities)}に、受け取るよう頼んでください。`}
          </p>
        </div>
      )}
      {counted !== undefined && (
        <Count
          key={counted.delivery}
          one={counted}
          receive={(pages) => void receive(counted, pages)}
          close={() => setCounting(null)}
        />
      )}
      <DataTable
        caption="配信した帳票の一覧"
        rows={list.deliveries}
        rowKey={(one) => one.delivery}
        head={{
          name: '番号',
          sort: (one) => one.number,
          cell: (one) => transmissionNumberText(one.number),
        }}
        columns={[
          {
            name: '市区町村',
            cell: (one) => one.municipality.name,
            sort: (one) => one.municipality.code,
          },
          {
            name: '帳票',
            cell: (one) => (
              <>
                {one.title}
                <div className="quiet small">
                  {momentText(one.madeAt)} {one.madeBy} {sizeText(one.bytes)}
                </div>
              </>
            ),
            sort: (one) => one.title,
          },
          { name: '人', figure: true, cell: (one) => countText(one.people) },
          { name: '枚数', figure: true, cell: (one) => countText(one.pages) },
          { name: 'ようす', cell: (one) => <State one={one} /> },
          ...(mayFetch
            ? [
                {
                  name: 'すること',
                  cell: (one: FormDelivery) =>
                    one.state === 'received' ? (
                      <Button
                        look="small"
                        run={() => void fetchIt(one)}
                        label={`${one.title} ${transmissionNumberText(one.number)}をもう一度受け取る`}
                      >
                        もう一度受け取る
                      </Button>
                    ) : (
                      <>
                        <Button
                          look="small"
                          run={() => void fetchIt(one)}
                          label={`${one.title} ${transmissionNumberText(one.number)}を受け取る`}
                        >
                          受け取る
                        </Button>{' '}
                        {inHand.has(one.delivery) && (
                          <Button
                            look="small"
                            run={() => setCounting(one.delivery)}
                            label={`${one.title} ${transmissionNumberText(one.number)}の枚数を確かめる`}
                          >
                            枚数を確かめる
                          </Button>
                        )}
                      </>
                    ),
                },
              ]
            : []),
        ]}
        sum={[
          `計 ${countText(list.deliveries.length)}件`,
          '',
          '',
          '',
          countText(list.deliveries.reduce((sum, { pages }) => sum + pages, 0)),
          '',
          ...(mayFetch ? [''] : []),
        ]}
      />
    </>
  )
}

const namesOf = (municipalities: readonly string[]): string => {
  const others = municipalities.length - namesMax
  return `${municipalities.slice(0, namesMax).join('、')}${others > 0 ? `ほか${others}市区町村` : ''}`
}

const namesMax = 3

function State({ one }: { one: FormDelivery }) {
  if (one.state === 'received')
    return (
      <>
        済(枚数と中身が合った)
        <div className="quiet small">
          {momentText(one.receivedAt ?? '')} {one.receivedBy}
        </div>
      </>
    )
  const waited = one.waitingDays ?? 0
  return (
    <>
      <Chip look={one.overdue ? 'bad' : one.state === 'fetched' ? 'live' : 'watch'}>
        {one.state === 'fetched' ? '受け取った・枚数は未確認' : 'まだ受け取られていない'}
      </Chip>
      {waited > 0 && <div className="small">{waited}日たった</div>}
    </>
  )
}

/** 枚数を数える — settled only when what came out of the printer is what was made. */
function Count({
  one,
  receive,
  close,
}: {
  one: FormDelivery
  receive: (pages: number) => void
  close: () => void
}) {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const confirm = () => {
    const pages = Number(text.normalize('NFKC').trim())
    const counted = Number.isInteger(pages) && pages > 0
    setWrong(counted ? null : '出てきた紙を数えて、枚数を打ってください。')
    if (counted) receive(pages)
  }
  useKeys([
    { key: 'Ctrl+Enter', word: '枚数を確かめた', run: confirm },
    { key: 'Esc', word: '後で数える', run: close },
  ])
  return (
    <section className="act" aria-labelledby="count">
      <h2 id="count">
        {one.title} {transmissionNumberText(one.number)}の枚数を確かめる
      </h2>
      <TextField
        label="出てきた紙の枚数"
        size="short"
        support="送り状の枚数と、中身の要約値を、この端末で比べます。合うと済になります。"
        text={text}
        change={setText}
        error={wrong}
      />
      <div className="bar">
        <Button look="main" run={confirm}>
          枚数を確かめた <kbd>Ctrl+Enter</kbd>
        </Button>
        <Button run={close}>
          後で数える <kbd>Esc</kbd>
        </Button>
      </div>
    </section>
  )
}

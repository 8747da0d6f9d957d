import type { Direction, TransmissionDetail } from '@koiki/union'
import { useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { ask, handOver, sentenceOf, take, useAnswer } from '../app/server.ts'
import { useMay } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { Custody } from '../files/Custody.tsx'
import { Plausibility } from '../files/Plausibility.tsx'
import { Quarantine } from '../files/Quarantine.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Button, FilePick } from '../ui/parts.tsx'
import { Empty, Refused, Shown } from '../ui/states.tsx'
import { countText, momentText, sizeText, transmissionNumberText } from '../ui/text.ts'
import { directionWords, TransmissionState } from './Files.tsx'
import { Page } from './Screen.tsx'

type Props = { direction: Direction; transmission: string }

const chainWords = {
  done: '済',
  missing: '届いていない',
  stopped: '検査で停止',
  waiting: '待っている',
} as const
const checkWords = { good: 'よい', bad: '誤りあり', notYet: 'まだ' } as const

/** ファイルの検査 — the chain of numbers first, then the same five checks, then the rows as they came. */
export function FileDetail({ direction, transmission }: Props) {
  const realm = useRealm()
  const answer = useAnswer<TransmissionDetail>(realm, `transmissions/${transmission}`)
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  const one = answer.state === 'ready' ? answer.value.transmission : null
  return (
    <Page title={one === null ? 'ファイル' : `${one.layout} ${transmissionNumberText(one.number)}`}>
      <p>
        <Link to={{ screen: 'files', direction }}>{directionWords[direction]}</Link>
      </p>
      <Shown answer={answer} name="ファイルの検査を読み込んでいます。">
        {(detail) => <Told detail={detail} again={answer.again} />}
      </Shown>
    </Page>
  )
}

function Told({ detail, again }: { detail: TransmissionDetail; again: () => void }) {
  const realm = useRealm()
  const { say } = useStatus()
  const mayFetch = useMay('file.fetch')
  const [cause, setCause] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const one = detail.transmission
  const shown = detail.findings.filter((finding) => cause === null || finding.code === cause)
  useKeys(
    detail.findings.length === 0
      ? []
      : [
          {
            key: 'F7',
            word: '次の誤り',
            run: () => {
              const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
              const now = rows.indexOf(document.activeElement as HTMLElement)
              rows[(now + 1) % rows.length]?.focus()
            },
          },
        ],
  )

  const fetchFile = async (what: string, name: string, told: string) => {
    try {
      handOver(await take(realm, `transmissions/${one.transmission}/${what}`), name)
      setTrouble(null)
      say(told)
      if (what === 'content') again()
    } catch (error) {
      setTrouble(sentenceOf(error))
    }
  }
  const bring = async (file: File) => {
    try {
      const body = { receipt: await file.text() }
      await ask(realm, 'receipts', { method: 'POST', body })
      setFault(null)
      say(`${one.layout} ${transmissionNumberText(one.number)}の受領書を取り込みました。`)
      again()
    } catch (error) {
      setFault(sentenceOf(error))
    }
  }
  const name = `${one.municipality.code}-${one.layout}-${String(one.number).padStart(4, '0')}`

  return (
    <div className="stack wide">
      <div className="stack">
        <div className="bar">
          <span>
            {one.direction === 'in'
              ? `${one.municipality.name} → 広域連合`
              : `広域連合 → ${one.municipality.name}`}
          </span>
          <span>{momentText(one.at)}</span>
          <span>{countText(one.records)}件</span>
          {one.bytes !== null && <span>{sizeText(one.bytes)}</span>}
          <TransmissionState one={one} />
          {one.receiptAt !== null && (
            <span className="quiet">受領書 {momentText(one.receiptAt)}</span>
          )}
        </div>
        <p className={one.state === 'refused' ? 'bad' : undefined}>{detail.sentence}</p>
      </div>

      <section aria-labelledby="chain">
        <h2 id="chain">順番</h2>
        <ol className="chain">
          {detail.chain.map((link) => (
            <li
              key={link.number}
              className={`chain-${link.state}`}
              aria-current={link.number === one.number ? 'step' : undefined}
            >
              {link.transmission === null || link.number === one.number ? (
                transmissionNumberText(link.number)
              ) : (
                <Link
                  to={{
                    screen: 'file',
                    direction: one.direction,
                    transmission: link.transmission,
                  }}
                >
                  {transmissionNumberText(link.number)}
                </Link>
              )}{' '}
              {chainWords[link.state]}
            </li>
          ))}
        </ol>
      </section>

      {detail.checks.length > 0 && (
        <section aria-labelledby="checks">
          <h2 id="checks">検査</h2>
          <ol className="checks">
            {detail.checks.map((check, index) => (
              <li key={check.name} className={`check-${check.state}`}>
                <span className="quiet">
                  ({index + 1}) {check.name}
                </span>
                <strong>
                  {check.state === 'bad' && check.name === 'もっともらしさ'
                    ? '確かめる'
                    : checkWords[check.state]}
                </strong>
                <span>{check.text}</span>
              </li>
            ))}
          </ol>
        </section>
      )}

      {one.state === 'held' && (
        <Plausibility transmission={one.transmission} records={one.records} again={again} />
      )}

      {detail.applied !== null && (
        <section aria-labelledby="applied">
          <h2 id="applied">取り込んで変わったもの</h2>
          <dl className="counts">
            {detail.applied.map((effect) => (
              <div key={effect.name}>
                <dt>{effect.name}</dt>
                <dd>
                  {countText(effect.count)}
                  {effect.unit}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}

      {one.direction === 'in' && (
        <section aria-labelledby="findings" className="stack" ref={list}>
          <div className="bar">
            <h2 id="findings">誤り {countText(one.findings)}行</h2>
            {detail.findings.length > 0 && (
              <span className="end">
                <Button
                  run={() =>
                    void fetchFile('findings.csv', `${name}-誤り.csv`, '誤りファイルを渡しました。')
                  }
                >
                  誤りファイル
                </Button>
              </span>
            )}
          </div>
          {detail.findings.length === 0 ? (
            <Empty>
              {one.state === 'applied' ? '誤りはありません。' : '誤りは見つかっていません。'}
            </Empty>
          ) : (
            <>
              <fieldset className="lane-filter">
                <legend className="unseen">原因でしぼる</legend>
                <button type="button" aria-pressed={cause === null} onClick={() => setCause(null)}>
                  すべての原因 {detail.causes.length}種
                </button>
                {detail.causes.map((one) => (
                  <button
                    key={one.code}
                    type="button"
                    aria-pressed={cause === one.code}
                    onClick={() => setCause(one.code)}
                  >
                    {one.code} {countText(one.lines)}行
                  </button>
                ))}
              </fieldset>
              <DataTable
                caption="誤りのある行"
                rows={shown}
                rowKey={(finding) =>
                  `${finding.line}${finding.column}${finding.code}${finding.sentence}`
                }
                head={{
                  name: '行',
                  sort: (finding) => finding.line ?? 0,
                  cell: (finding, tabIndex) => (
                    <span data-row tabIndex={tabIndex}>
                      {finding.line === null ? '全体' : countText(finding.line)}
                    </span>
                  ),
                }}
                columns={[
                  { name: '列名', cell: (finding) => finding.column ?? '' },
                  {
                    name: '誤り',
                    cell: (finding) => (
                      <>
                        {finding.sentence} <span className="quiet small">{finding.code}</span>
                      </>
                    ),
                  },
                  { name: '処置', cell: (finding) => finding.treatment },
                ]}
              />
              {detail.findingsShown < one.findings && (
                <p>
                  はじめの{countText(detail.findingsShown)}
                  行を出しています。残りは誤りファイルにあります。
                </p>
              )}
            </>
          )}
        </section>
      )}

      {one.direction === 'in' && (
        <Quarantine transmission={one.transmission} direction={one.direction} name={name} />
      )}

      {one.direction === 'out' && one.state === 'fetched' && mayFetch && (
        <section aria-labelledby="answer" className="stack">
          <h2 id="answer">返事</h2>
          <FilePick
            label="市区町村システムの受領書"
            support="取り込むと、この配信が済になります。媒体の .json のファイル。"
            accept=".json,application/json"
            file={null}
            error={fault}
            pick={(file) => {
              if (file !== null) void bring(file)
            }}
          />
        </section>
      )}

      <Refused sentence={trouble} />
      <div className="bar">
        {one.direction === 'out' && (
          <>
            <Button
              look="main"
              whyNot={mayFetch ? null : '媒体への移出は、宛先の市区町村の窓口端末でします。'}
              run={() =>
                void fetchFile(
                  'content',
                  `${name}.age`,
                  `${one.layout} ${transmissionNumberText(one.number)}を媒体に移しました。送り状もいっしょに移してください。`,
                )
              }
            >
              {countText(one.records)}件を媒体に移す
            </Button>
            {mayFetch && (
              <Button
                run={() => void fetchFile('manifest', `${name}.json`, '送り状を媒体に移しました。')}
              >
                送り状を媒体に移す
              </Button>
            )}
          </>
        )}
        {one.receiptAt !== null && (
          <Button
            run={() => void fetchFile('receipt', `${name}-受領書.json`, '受領書を渡しました。')}
          >
            受領書
          </Button>
        )}
        {detail.job !== null && (
          <Link className="button" to={{ screen: 'job', job: detail.job }}>
            実行のようす
          </Link>
        )}
      </div>

      <Custody transmission={one.transmission} direction={one.direction} />
    </div>
  )
}

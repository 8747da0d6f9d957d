import type { Certificate, PersonCertificates } from '@koiki/union'
import { useState } from 'react'
import { useRealm } from '../app/router.tsx'
import { AskError, ask, openPdf, take, useAnswer } from '../app/server.ts'
import { usePurpose, useSession } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { Button, Chip } from '../ui/parts.tsx'
import { ReasonList } from '../ui/ReasonList.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { dayOf, dayText, monthDayText } from '../ui/text.ts'
import { AfterForms, CardForm, DestinationForm, ProposalForm, SpecialForm } from './FactForms.tsx'
import { IssueForm } from './IssueForm.tsx'
import { SheetSteps } from './SheetSteps.tsx'

export type Act = (
  path: string,
  body: Record<string, unknown>,
  told: string,
) => Promise<{ done: true } | { done: false; sentence: string }>

/** 資格確認書等 — what is due and why, what is held, and the way of one sheet from print to hand. */
export function CertificatesTab({ person }: { person: string }) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const answer = useAnswer<PersonCertificates>(realm, `people/${person}/certificates`, purpose)
  return (
    <Shown answer={answer} name="資格確認書等を読み込んでいます。">
      {(held) => <Held held={held} again={answer.again} />}
    </Shown>
  )
}

function Held({ held, again }: { held: PersonCertificates; again: () => void }) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const { say } = useStatus()
  const [form, setForm] = useState<'issue' | 'card' | 'special' | 'destination' | 'address' | null>(
    null,
  )
  const act: Act = async (path, body, told) => {
    try {
      await ask(realm, path, { method: 'POST', body, purpose })
      say(told)
      again()
      return { done: true }
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      const { changed, message } = error.failure
      if (error.status === 409) again()
      return {
        done: false,
        sentence:
          changed === undefined
            ? message
            : `${changed.by}さんが先に変えました(${changed.what})。いまの記録を出しました。あなたの入力は残っています。`,
      }
    }
  }
  const open = async (path: string, body: unknown, told: string) => {
    try {
      const pdf = await take(realm, path, {
        purpose,
        ...(body === null ? {} : { method: 'POST' as const, body }),
      })
      openPdf(pdf)
      say(told)
      return null
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      return error.failure.message
    }
  }
  const { due } = held
  const inHand = held.certificates.find(
    ({ state, may }) => (state === 'instructed' || state === 'printed') && may.length > 0,
  )
  const rest = held.certificates.filter((one) => one !== inHand)
  const mayIssue =
    held.may.includes('issue') && held.reasons.some(({ impossible }) => impossible === null)
  return (
    <div className="stack wide certificates">
      {inHand !== undefined && (
        <SheetSteps held={held} certificate={inHand} act={act} open={open} />
      )}
      <section aria-labelledby="due" className="stack">
        <h2 id="due">
          {due.title}
          {due.documentName !== null && (
            <span className="quiet small">
              {' '}
              {due.documentName}
              {due.reasonName !== null && `(${due.reasonName})`}
            </span>
          )}
        </h2>
        {due.missing.map((one) => (
          <div key={one.code} className="banner watch">
            <span className="word">足りないもの</span>
            <p>{one.sentence}</p>
          </div>
        ))}
        {due.changes.length > 0 && (
          <ul className="ruled changes" aria-label="いまの文書とちがうところ">
            {due.changes.map((one) => (
              <li key={one.label}>
                <span className="quiet">{one.label}</span>
                <span>
                  <s>{one.before}</s> → <strong>{one.after}</strong>
                </span>
              </li>
            ))}
          </ul>
        )}
        {mayIssue && inHand === undefined && form === null && (
          <div className="bar">
            <Button look={due.state === 'due' ? 'main' : undefined} run={() => setForm('issue')}>
              {due.state === 'due' && due.documentName !== null
                ? `${due.documentName}を発行する`
                : '発行する(再交付など)'}
            </Button>
          </div>
        )}
        {form === 'issue' && inHand === undefined && (
          <IssueForm held={held} act={act} open={open} close={() => setForm(null)} />
        )}
        <ReasonList
          name="どの文書になるかの理由"
          calm
          words={{ met: '当たる', unmet: '当たらない', unknown: '分からない' }}
          reasons={due.grounds}
        />
      </section>
      <section aria-labelledby="held">
        <h2 id="held">これまでの文書 {rest.length}通</h2>
        {rest.length === 0 ? (
          <Empty>この人に渡した文書は、まだありません。</Empty>
        ) : (
          <ul className="ruled held-list">
            {rest.map((one) => (
              <HeldOne key={one.certificate} one={one} held={held} act={act} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="facts" className="stack">
        <h2 id="facts">もとになる事実</h2>
        <dl className="facts">
          <dt>マイナ保険証</dt>
          <dd>
            {held.insuranceCard === null
              ? '状況は届いていません。'
              : `${held.insuranceCard.stateName}(${dayText(held.insuranceCard.since)}から。${held.insuranceCard.source})`}
            {held.insuranceCard !== null && (
              <p className="quiet small">{held.insuranceCard.because}</p>
            )}
            {held.insuranceCardTold.length > 1 && <ToldCards told={held.insuranceCardTold} />}
          </dd>
          <dt>特別療養費</dt>
          <dd>
            {held.specialTreatment === null
              ? 'なし'
              : `${dayText(held.specialTreatment.since)}から(予告 ${dayText(held.specialTreatment.notifiedOn)}、${held.specialTreatment.source})`}
            {held.specialTreatmentEvents.length > 0 && (
              <ul aria-label="特別療養費の決定">
                {held.specialTreatmentEvents.map((one) => (
                  <li key={`${one.act}${one.effectiveOn}${one.at}`}>
                    {dayText(one.effectiveOn)} {one.actName}{' '}
                    <span className="quiet small">
                      {one.procedure.map(({ label, value }) => `${label} ${value}`).join('、')}(
                      {one.by})
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </dd>
          {held.destination !== null && (
            <>
              <dt>郵送の送り先</dt>
              <dd>
                {held.destination.kindName}
                {held.destination.stops.map((stop) => (
                  <p key={stop.code}>
                    <Chip look="watch">郵送を止める</Chip> {stop.sentence}
                  </p>
                ))}
                {held.destination.confirmedAddress !== null && (
                  <p className="small">
                    別の世帯も住む住所と、{dayText(dayOf(held.destination.confirmedAddress.at))}に
                    {held.destination.confirmedAddress.by}が確かめました。
                    {held.destination.confirmedAddress.note}
                  </p>
                )}
              </dd>
            </>
          )}
        </dl>
        <div className="bar">
          {held.may.includes('confirmDestination') && held.destination?.confirmable === true && (
            <Button run={() => setForm('destination')}>宛先を確かめた</Button>
          )}
          {held.may.includes('confirmDestination') &&
            held.destination?.confirmedAddress != null && (
              <Button run={() => setForm('address')}>住所の確かめを取り消す</Button>
            )}
          {held.may.includes('recordCard') && (
            <Button run={() => setForm('card')}>マイナ保険証の状況を入れる</Button>
          )}
          {held.may.includes('recordSpecialTreatment') &&
            held.specialTreatmentProposal === null && (
              <Button run={() => setForm('special')}>
                {held.specialTreatment === null
                  ? '特別療養費への変更の案を入れる'
                  : '特別療養費を解く案を入れる'}
              </Button>
            )}
        </div>
        {held.specialTreatmentProposal !== null && (
          <ProposalForm held={held} proposal={held.specialTreatmentProposal} act={act} />
        )}
        {form === 'destination' && (
          <DestinationForm held={held} act={act} close={() => setForm(null)} />
        )}
        {form === 'address' && (
          <DestinationForm held={held} act={act} close={() => setForm(null)} undo />
        )}
        {form === 'card' && <CardForm held={held} act={act} close={() => setForm(null)} />}
        {form === 'special' && <SpecialForm held={held} act={act} close={() => setForm(null)} />}
      </section>
    </div>
  )
}

/** 手の入力と一覧 — side by side where both spoke, and which of them counts. */
function ToldCards({ told }: { told: PersonCertificates['insuranceCardTold'] }) {
  return (
    <ul aria-label="マイナ保険証の知らせ">
      {told.map((one) => (
        <li key={one.from}>
          {one.from === 'list' ? '一覧' : '手の入力'}: {one.stateName}({dayText(one.since)}から){' '}
          <span className="quiet small">
            {one.source}
            {one.until !== null && `、電子証明書は${dayText(one.until)}まで`}
            {one.used && '。使っています'}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** 使えないわけ — what was never handed over or has not begun is not void. */
function unusable(one: Certificate, today: string): string {
  if (one.voidOn !== null || one.state === 'cancelled') return '無効'
  return one.validUntil < today ? '期限切れ' : 'まだ使えない'
}

/** 渡した文書の1通 — what it is, whether it can be used today, and what may still happen to it. */
function HeldOne({ one, held, act }: { one: Certificate; held: PersonCertificates; act: Act }) {
  const session = useSession()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <span>
        <strong>{one.documentName}</strong> <span className="quiet small">{one.number}通目</span>
        <br />
        <span className="quiet small">
          {one.reasonName} {dayText(one.issuedOn)} {one.issuedBy}
        </span>
      </span>
      <span>
        {one.valid ? (
          <>
            {dayText(one.validUntil)}まで有効 <span className="quiet small">{one.stateName}</span>
          </>
        ) : (
          <>
            <Chip look="watch">{unusable(one, session.today)}</Chip> {one.stateName}
            {one.voidOn !== null && (
              <span className="quiet small">
                {' '}
                {monthDayText(one.voidOn)} {one.voidReason}
              </span>
            )}
          </>
        )}
      </span>
      <span>
        {one.may.length > 0 && (
          <Button
            look="small"
            label={`${one.number}通目の${one.documentName}のその後を入れる`}
            run={() => setOpen(!open)}
          >
            その後を入れる
          </Button>
        )}
      </span>
      {open && (
        <div className="row-wide">
          <AfterForms one={one} held={held} act={act} close={() => setOpen(false)} />
        </div>
      )}
    </li>
  )
}

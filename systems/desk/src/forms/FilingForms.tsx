import type { OfferedForms } from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import { useHold } from '../app/personAtHand.tsx'
import { Link, useRealm } from '../app/router.tsx'
import { useAnswer } from '../app/server.ts'
import { useMay, usePurpose } from '../app/session.tsx'
import { NotYours, Page } from '../screens/Screen.tsx'
import { Chip, Name } from '../ui/parts.tsx'
import { Shown } from '../ui/states.tsx'
import { Offered } from './FormsDesk.tsx'

/** 届書の帳票 — the receipt and the decision of one filing, also of somebody who is no insured person. */
export function FilingForms({ filing }: { filing: string }) {
  const mayRead = useMay('filing.read')
  const [purpose] = usePurpose()
  const answer = useAnswer<OfferedForms>(
    useRealm(),
    mayRead ? `filings/${filing}/forms` : null,
    purpose ?? 'application',
  )
  const offered = answer.state === 'ready' ? answer.value : null
  useHold(offered === null || offered.handleWithCare ? null : offered.whose.name)
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  if (!mayRead)
    return <NotYours title="届書の帳票" who="窓口担当と資格担当" what="届書の帳票の印刷" />
  return (
    <Page
      title="届書の帳票"
      strip={
        offered === null ? null : (
          <>
            <strong>
              <Name name={offered.whose.name} />
            </strong>{' '}
            {offered.whose.birth !== null && (
              <span className="nowrap">{offered.whose.birth}生</span>
            )}{' '}
            {offered.handleWithCare && <Chip>取扱注意</Chip>}
          </>
        )
      }
    >
      <p>
        <Link to={{ screen: 'filing', filing }}>届書のようすへ戻る</Link>
      </p>
      <Shown answer={answer} name="帳票を読み込んでいます。">
        {(found) => <Offered offered={found} again={answer.again} />}
      </Shown>
    </Page>
  )
}

import { Link } from '../app/router.tsx'
import { useMay } from '../app/session.tsx'
import { NotYours, Page } from '../screens/Screen.tsx'
import { FormsDesk } from './FormsDesk.tsx'

/** 届書の帳票 — the receipt and the decision of one filing, also of somebody who is no insured person. */
export function FilingForms({ filing }: { filing: string }) {
  const mayRead = useMay('filing.read')
  if (!mayRead)
    return <NotYours title="届書の帳票" who="窓口担当と資格担当" what="届書の帳票の印刷" />
  return (
    <Page title="届書の帳票">
      <p>
        <Link to={{ screen: 'filing', filing }}>届書のようすへ戻る</Link>
      </p>
      <FormsDesk source={`filings/${filing}/forms`} />
    </Page>
  )
}

import type { Notice } from '@koiki/union'
import { useState } from 'react'
import { useRealm } from '../app/router.tsx'
import { openPdf, sentenceOf, take } from '../app/server.ts'
import { usePurpose } from '../app/session.tsx'
import { useStatus } from '../app/status.tsx'
import { Button } from '../ui/parts.tsx'
import { dayText } from '../ui/text.ts'

/** 通知書をひらく — the file that was made, the same bytes, in a window of its own. */
export function NoticeButton({ person, notice }: { person: string; notice: Notice }) {
  const realm = useRealm()
  const [purpose] = usePurpose()
  const { say } = useStatus()
  const [busy, setBusy] = useState(false)
  const open = async () => {
    if (busy) return
    setBusy(true)
    try {
      const pdf = await take(realm, `people/${person}/notices/${notice.notice}`, { purpose })
      openPdf(pdf)
      say(`${notice.name}をひらきました。`)
    } catch (error) {
      say(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      look="small"
      run={() => void open()}
      label={`${notice.name}、${dayText(notice.madeOn)}、PDFをひらく`}
    >
      PDF
    </Button>
  )
}

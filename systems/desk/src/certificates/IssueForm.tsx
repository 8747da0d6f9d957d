import type { CertificateReason, PersonCertificates } from '@koiki/union'
import { useRef, useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { ChooseOne } from '../ui/Choices.tsx'
import { Button } from '../ui/parts.tsx'
import { Refused } from '../ui/states.tsx'
import { TextField } from '../ui/TextField.tsx'
import type { Act } from './CertificatesTab.tsx'

/** 1通を発行する — reason, way of delivery, the sheet as it will print; one request is one document however often it is sent. */
export function IssueForm({
  held,
  act,
  open,
  close,
}: {
  held: PersonCertificates
  act: Act
  open: (path: string, body: unknown, told: string) => Promise<string | null>
  close: () => void
}) {
  const request = useRef(crypto.randomUUID())
  const [reason, setReason] = useState<string>(
    held.reasons.find(({ suggested }) => suggested)?.value ?? '',
  )
  const [delivery, setDelivery] = useState<'handOver' | 'mail'>('handOver')
  const [note, setNote] = useState('')
  const [looked, setLooked] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const possible = held.reasons.filter(({ impossible }) => impossible === null)
  const stopped = delivery === 'mail' ? (held.destination?.stops ?? []) : []
  const look = async () => {
    if (reason === '') {
      setFailure('発行するわけを選んでください。')
      return
    }
    const wrong = await open(
      `people/${held.person}/certificates/preview`,
      { reason, delivery },
      '見本をひらきました。印刷されるものと同じです。',
    )
    setFailure(wrong)
    setLooked(wrong === null)
  }
  const issue = async () => {
    if (reason === '') {
      setFailure('発行するわけを選んでください。')
      return
    }
    if (!looked) {
      await look()
      return
    }
    const outcome = await act(
      `people/${held.person}/certificates/issue`,
      {
        reason: reason as CertificateReason,
        delivery,
        request: request.current,
        version: held.version,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      },
      '発行を指示しました。紙を印刷してください。',
    )
    if (outcome.done) close()
    else setFailure(outcome.sentence)
  }
  useKeys([
    { key: 'Ctrl+Enter', word: looked ? '発行を指示する' : '見本を見る', run: () => void issue() },
    { key: 'Esc', word: 'やめる', run: close },
  ])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter goes to the next field in the order of the paper.
    <div className="act" onKeyDown={enterAsNext}>
      <h3>発行する</h3>
      <Refused sentence={failure} />
      <ChooseOne
        legend="わけ"
        need
        choices={possible}
        value={reason}
        choose={(value) => {
          setReason(value)
          setLooked(false)
        }}
      />
      {possible.length < held.reasons.length && (
        <details>
          <summary className="quiet small">いま選べないわけ</summary>
          <ul className="small">
            {held.reasons
              .filter(({ impossible }) => impossible !== null)
              .map((one) => (
                <li key={one.value}>
                  {one.label}: {one.impossible}
                </li>
              ))}
          </ul>
        </details>
      )}
      <ChooseOne
        legend="渡し方"
        choices={[
          { value: 'handOver', label: '窓口で渡す' },
          { value: 'mail', label: '郵便で送る' },
        ]}
        value={delivery}
        choose={(value) => {
          setDelivery(value as 'handOver' | 'mail')
          setLooked(false)
        }}
      />
      {stopped.map((stop) => (
        <div key={stop.code} className="banner watch">
          <span className="word">郵送を止める</span>
          <p>{stop.sentence}</p>
        </div>
      ))}
      <TextField label="書き添え" size="middle" text={note} change={setNote} />
      <div className="bar">
        <Button look={looked ? undefined : 'main'} run={() => void look()}>
          見本を見る {!looked && <kbd>Ctrl+Enter</kbd>}
        </Button>
        <Button
          look={looked ? 'main' : undefined}
          run={() => void issue()}
          whyNot={looked ? null : '先に見本を見ます。見本は、印刷されるものと同じです。'}
        >
          発行を指示する {looked && <kbd>Ctrl+Enter</kbd>}
        </Button>
        <Button run={close}>
          やめる <kbd>Esc</kbd>
        </Button>
      </div>
    </div>
  )
}

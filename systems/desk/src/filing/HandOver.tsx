import type { Filing } from '@koiki/union'
import { useState } from 'react'
import { Button } from '../ui/parts.tsx'

/** 同僚に回す — to somebody of the same office; nothing where nobody else is there. */
export function HandOver({
  assignees,
  hand,
}: {
  assignees: Filing['assignees']
  hand: (account: string, name: string) => void
}) {
  const [to, setTo] = useState('')
  const others = assignees.filter(({ me }) => !me)
  const chosen = others.find(({ account }) => account === to)
  if (others.length === 0) return null
  return (
    <span className="bar small">
      <label className="bar small">
        同僚
        <select className="input narrow" value={to} onChange={(event) => setTo(event.target.value)}>
          <option value="">選んでください</option>
          {others.map(({ account, name }) => (
            <option key={account} value={account}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button
        whyNot={chosen === undefined ? '回す相手を選んでください。' : null}
        run={() => {
          if (chosen !== undefined) hand(chosen.account, chosen.name)
        }}
      >
        {chosen === undefined ? '回す' : `${chosen.name}さんに回す`}
      </Button>
    </span>
  )
}

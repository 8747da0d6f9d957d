import type { FilingFault } from '@koiki/union'
import { useEffect, useRef } from 'react'
import { Button } from './parts.tsx'

/** その欄へ — puts the cursor into the field that a sentence speaks of. */
export function goToField(at: string): void {
  const places = [...document.querySelectorAll<HTMLElement>('[data-at]')]
  const place =
    places.find((one) => one.dataset.at === at) ??
    places.find((one) => at.startsWith(`${one.dataset.at}.`))
  const field = place?.querySelector<HTMLElement>('input, select, textarea, button')
  field?.focus()
  place?.scrollIntoView({ block: 'nearest' })
}

type Fault = Pick<FilingFault, 'at' | 'sentence'> & { next?: FilingFault['next'] }

/** 確かめること — takes the focus; each line is a way to its field, with the same sentence as there. */
export function ErrorSummary({
  faults,
  take,
}: {
  faults: readonly Fault[]
  take?: (code: string) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef(faults)
  useEffect(() => {
    // A line that goes because its field was mended must not take the cursor out of that field.
    const mended =
      faults.length < before.current.length &&
      faults.every((fault) => before.current.includes(fault))
    before.current = faults
    if (faults.length > 0 && !mended) box.current?.focus()
  }, [faults])
  if (faults.length === 0) return null
  return (
    <div className="banner bad" role="alert" tabIndex={-1} ref={box} data-state="error">
      <span className="word">確かめてください({faults.length}件)</span>
      <ul className="fault-list">
        {faults.map((fault) => (
          <li key={`${fault.at}${fault.sentence}`}>
            <button type="button" className="plain" onClick={() => goToField(fault.at)}>
              {fault.sentence}
            </button>
            {fault.next !== undefined && fault.next.length > 0 && (
              <span className="bar">
                <span className="quiet">考えられること</span>
                {fault.next.map((one) => (
                  <Button key={one.code} look="small" run={() => take?.(one.code)}>
                    {one.label}
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

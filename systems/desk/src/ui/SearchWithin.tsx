import { useRef } from 'react'
import { useKeys } from '../app/keyboard.tsx'

/** この中をさがす — narrows what stands below to what holds the words; F3 goes there. */
export function SearchWithin({ words, say }: { words: string; say: (words: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  useKeys([{ key: 'F3', word: 'この中', run: () => field.current?.focus() }])
  return (
    <label className="bar end small">
      <span>
        <kbd>F3</kbd> この中をさがす
      </span>
      <input
        ref={field}
        className="input narrow"
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={(event) => say(event.target.value)}
      />
    </label>
  )
}

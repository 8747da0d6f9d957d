import { type CompositionEvent, useRef, useState } from 'react'
import { useKeys } from '../app/keyboard.tsx'
import { GlyphPicker } from './GlyphPicker.tsx'
import { kanaText, kanaTyped, type Piece, readingOf } from './reading.ts'
import { TextField } from './TextField.tsx'

type Props = {
  label: string
  text: string
  need?: boolean
  support?: string
  error?: string | null
}

/** その前の字 — the letter before the cursor with its selector, as one sees it; null where none is. */
function letterBefore(input: HTMLInputElement): { letter: string; at: number } | null {
  const until = input.selectionStart ?? 0
  if (until !== input.selectionEnd) return null
  const letters = [...new Intl.Segmenter('ja').segment(input.value.slice(0, until))]
  const last = letters.at(-1)
  return last === undefined ? null : { letter: last.segment, at: last.index }
}

/**
 * 氏名の欄 — as held; what was typed before the conversion is told as its reading, and F4 shows other shapes of the
 * letter before the cursor.
 */
export function NameField({
  variants,
  change,
  ...told
}: Props & {
  /** 異体字 — letters that are taken for one another, a row each. */
  variants: readonly string[]
  /** The reading is null where it is not known, and not told while letters are still being converted. */
  change: (text: string, reading?: string | null) => void
}) {
  const pieces = useRef<readonly Piece[]>([])
  const typed = useRef('')
  const converting = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  const [before, setBefore] = useState<{ letter: string; at: number } | null>(null)
  const [open, setOpen] = useState(false)
  const input = () => box.current?.querySelector('input') ?? null
  const put = (text: string) => {
    if (text === '') pieces.current = []
    if (converting.current) change(text)
    else change(text, readingOf(text, pieces.current))
  }
  const composing = ({ data }: CompositionEvent) => {
    typed.current = kanaTyped(data) ?? typed.current
  }
  const composed = ({ data }: CompositionEvent) => {
    // What is let go without being taken leaves nothing to read.
    if (data !== '' && typed.current !== '')
      pieces.current = [...pieces.current, { text: data, kana: typed.current }]
    converting.current = false
    const now = input()?.value
    if (now !== undefined) put(now)
    look()
  }
  const shapes =
    before === null
      ? []
      : (variants.find((row) => [...row].includes([...before.letter][0] ?? '')) ?? '')
  const look = () => {
    const at = input()
    setBefore(at === null ? null : letterBefore(at))
  }
  const take = (shape: string) => {
    const at = input()
    setOpen(false)
    if (before === null || at === null) return
    const until = before.at + before.letter.length
    pieces.current = pieces.current.map(({ text, kana }) => ({
      text: text.replace(before.letter, shape),
      kana,
    }))
    put(at.value.slice(0, before.at) + shape + at.value.slice(until))
    requestAnimationFrame(() => {
      at.setSelectionRange(before.at + shape.length, before.at + shape.length)
      look()
    })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what the field inside tells.
    <div
      ref={box}
      onCompositionStart={() => {
        converting.current = true
        typed.current = ''
      }}
      onCompositionUpdate={composing}
      onCompositionEnd={composed}
      onKeyUp={look}
      onPointerUp={look}
      onFocus={look}
      onBlur={() => {
        if (!open) setBefore(null)
      }}
    >
      <TextField {...told} change={put} />
      {shapes.length > 1 && !open && <GlyphKey open={() => setOpen(true)} />}
      {open && before !== null && (
        <GlyphPicker
          letter={before.letter}
          shapes={[...shapes]}
          take={take}
          close={() => setOpen(false)}
        />
      )}
    </div>
  )
}

/** Stands in the key bar, and is heard, only while a letter with other shapes stands before the cursor. */
function GlyphKey({ open }: { open: () => void }) {
  useKeys([{ key: 'F4', word: '字形', run: open }])
  return null
}

/** カナの欄 — made full width when left; a reading that was only typed before a conversion says that it is a guess. */
export function KanaField({
  guessed,
  pass,
  change,
  ...told
}: Props & { guessed: boolean; pass: () => void; change: (text: string) => void }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what the field inside tells.
    <div
      onBlur={() => {
        const kana = kanaText(told.text)
        if (kana !== told.text) change(kana)
        pass()
      }}
    >
      <TextField
        {...told}
        change={change}
        {...(guessed
          ? {
              support: `${told.support ?? ''} 推定: 氏名を打ったときの読みです。届書のカナと見くらべてください。`,
            }
          : {})}
      />
    </div>
  )
}

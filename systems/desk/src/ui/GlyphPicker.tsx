import { moveAmongRows, useKeys } from '../app/keyboard.tsx'
import { Button, Dialog } from './parts.tsx'

const codeOf = (letter: string): string =>
  [...letter].map((one) => `U+${one.codePointAt(0)?.toString(16).toUpperCase()}`).join(' ')

/** 字形をえらぶ — letters that are taken for one another, side by side and large, each with its code. */
export function GlyphPicker({
  letter,
  shapes,
  take,
  close,
}: {
  letter: string
  shapes: readonly string[]
  take: (shape: string) => void
  close: () => void
}) {
  useKeys([{ key: 'Esc', word: '閉じる', run: close }], true)
  const first = shapes.find((shape) => shape !== letter)
  return (
    <Dialog title={`「${letter}」の字形をえらぶ`} close={close} className="glyphs">
      <ul className="glyph-list" onKeyDown={moveAmongRows}>
        {shapes.map((shape) => (
          <li key={shape}>
            <button
              type="button"
              data-row
              {...(shape === first ? { 'data-first': true } : {})}
              tabIndex={shape === first ? 0 : -1}
              aria-current={shape === letter || undefined}
              onClick={() => take(shape)}
            >
              <span className="glyph" lang="ja">
                {shape}
              </span>
              <span className="small quiet number">{codeOf(shape)}</span>
              {shape === letter && <span className="small">いまの字</span>}
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet small">↑↓で動き、Enterで決めます。住民票の字と見くらべてください。</p>
      <div className="bar">
        <Button run={close}>
          やめる <kbd>Esc</kbd>
        </Button>
      </div>
    </Dialog>
  )
}

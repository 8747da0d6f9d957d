import type { ReactNode } from 'react'
import { useEffect, useId, useRef } from 'react'
import { insuredNumberText, spokenNumber } from './text.ts'

type ButtonProps = {
  children: ReactNode
  run: () => void
  look?: 'main' | 'small' | 'large' | 'plain' | undefined
  /** 押せないわけ — a button that cannot be pressed says why; it is never merely grey. */
  whyNot?: string | null | undefined
  label?: string | undefined
  describedBy?: string | undefined
  why?: string | undefined
}

/** 押すもの */
export function Button({ children, run, look, whyNot, label, describedBy, why }: ButtonProps) {
  const id = useId()
  const closed = whyNot != null && whyNot !== ''
  return (
    <>
      <button
        type="button"
        className={look === 'plain' ? 'plain' : ['button', look].filter(Boolean).join(' ')}
        aria-disabled={closed || undefined}
        aria-describedby={closed ? id : describedBy}
        aria-label={label}
        data-why={why}
        onClick={() => {
          if (!closed) run()
        }}
      >
        {children}
      </button>
      {closed && (
        <span id={id} className="support">
          {whyNot}
        </span>
      )}
    </>
  )
}

/** 札 — a status in words; colour and form only help. 済 is plain text, so that the eye goes to what is not. */
export function Chip({ look, children }: { look?: 'bad' | 'watch' | 'live'; children: ReactNode }) {
  return <span className={look === undefined ? 'chip' : `chip ${look}`}>{children}</span>
}

/** 氏名 — as held, never normalised; spoken with its kana, because names are misread without it. */
export function Name({ name, kana }: { name: string; kana?: string | null }) {
  const held = /[\u{E0100}-\u{E01EF}]/u.test(name)
  return (
    <span lang="ja">
      {name}
      {held && <span className="unseen">(異体字)</span>}
      {kana != null && <span className="unseen">、{kana}</span>}
    </span>
  )
}

export function InsuredNumber({ number }: { number: string }) {
  return (
    <span className="number">
      <span aria-hidden="true">{insuredNumberText(number)}</span>
      <span className="unseen">{spokenNumber(number)}</span>
    </span>
  )
}

type FieldProps = {
  label: string
  need?: boolean
  support?: string
  error?: string | null
  children: (props: {
    id: string
    'aria-describedby'?: string
    'aria-invalid'?: true
    'aria-required'?: true
  }) => ReactNode
}

/** 欄 — a label that stays, what is needed in words, the sentence of an error at the field. */
export function Field({ label, need, support, error, children }: FieldProps) {
  const id = useId()
  const supportId = `${id}-support`
  const errorId = `${id}-error`
  const described = [support !== undefined && supportId, error != null && errorId]
    .filter((one) => one !== false)
    .join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {need === true && <span className="need">※必須</span>}
      </label>
      {support !== undefined && (
        <span className="support" id={supportId}>
          {support}
        </span>
      )}
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(error == null ? {} : { 'aria-invalid': true as const }),
        ...(need === true ? { 'aria-required': true as const } : {}),
      })}
      {error != null && (
        <span className="error" id={errorId}>
          {error}
        </span>
      )}
    </div>
  )
}

type PasswordFieldProps = {
  label: string
  /** Which of the two a browser's keeper of passwords may fill in. */
  kind: 'current' | 'new'
  password: string
  change: (password: string) => void
  /** Said after how long a new one has to be. */
  support?: string
  error?: string | null
}

/** パスワードの欄 — one's own to come in with, or a new one and how long it has to be. */
export function PasswordField(props: PasswordFieldProps) {
  const { label, kind, password, change, support = '', error = null } = props
  return (
    <Field
      label={label}
      need
      error={error}
      {...(kind === 'new' ? { support: `12文字から128文字。${support}` } : {})}
    >
      {(field) => (
        <input
          {...field}
          className="input"
          type="password"
          autoComplete={`${kind}-password`}
          value={password}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  )
}

type DialogProps = {
  title: string
  close: () => void
  className?: string
  children: ReactNode
}

/** 上に開くもの — for picking and reading; first focus on its heading, or on what is marked `data-first`. */
export function Dialog({ title, close, className, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useEffect(() => {
    const from = document.activeElement
    ref.current?.showModal()
    const first = ref.current?.querySelector<HTMLElement>('[data-first]')
    ;(first ?? heading.current)?.focus()
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      className={className}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      // A browser may close a dialog without asking; the layer must not outlive it.
      onClose={close}
    >
      <div className="stack">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  )
}

type FilePickProps = {
  label: string
  need?: boolean
  support: string
  accept?: string
  file: File | null
  error: string | null
  pick: (file: File | null) => void
}

/** ファイルをえらぶ — the browser's own chooser under our own words, which are Japanese on every terminal. */
export function FilePick(props: FilePickProps) {
  const { label, need, support, accept, file, error, pick } = props
  return (
    <Field label={label} need={need === true} support={support} error={error}>
      {(field) => (
        <span className="file-pick">
          <input
            {...field}
            type="file"
            accept={accept}
            onChange={(event) => pick(event.target.files?.[0] ?? null)}
          />
          <span className="button" aria-hidden="true">
            ファイルを選ぶ
          </span>
          <span>{file === null ? '選んでいません' : file.name}</span>
        </span>
      )}
    </Field>
  )
}

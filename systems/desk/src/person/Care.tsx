import type { Person } from '@koiki/union'
import { useKeys } from '../app/keyboard.tsx'
import { words } from '../app/server.ts'
import { Button, Dialog } from '../ui/parts.tsx'
import { dayText } from '../ui/text.ts'

/** 取扱注意 — what is withheld, since when, who may act, and the sentence to say aloud. */
export function Care({ care, close }: { care: NonNullable<Person['care']>; close: () => void }) {
  useKeys([{ key: 'F8', word: '閉じる', run: close }], true)
  return (
    <Dialog title="取扱注意" close={close}>
      <dl className="facts">
        <dt>出していないもの</dt>
        <dd>住所・電話・送り先・届け出た役所の名前。この端末には届いていません。</dd>
        <dt>しるし</dt>
        <dd>{care.flags.join('、')}</dd>
        <dt>いつから</dt>
        <dd>
          {care.since === null ? '日は届いていません' : `${dayText(care.since)}から`}
          {care.until !== null &&
            `(${dayText(care.until)}までの届出。市区町村から終わりの知らせが届くまで続きます)`}
        </dd>
        <dt>できる人</dt>
        <dd>支援措置の担当。住所の要る仕事は、担当へ回します。</dd>
        <dt>言うことば</dt>
        <dd>
          <strong>「{words.none}」</strong>
        </dd>
      </dl>
      <div className="bar">
        <Button run={close}>
          閉じる <kbd>Esc</kbd>
        </Button>
      </div>
    </Dialog>
  )
}

import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { Dialog, Field } from '../ui/parts.tsx'
import { useEncounters } from './Encounters.tsx'
import { foldKana } from './fold.ts'
import { useKeys } from './keyboard.tsx'
import { useRouter } from './router.tsx'
import { useMay } from './session.tsx'
import { keepTheme } from './settings.ts'

/** 命令 — an act by its official name, with readings and old names by which it is also found. */
type Command = { name: string; also: string; key?: string; run: () => void; whyNot?: string | null }

type Props = {
  close: () => void
  act: (run: () => void) => void
  leave: () => void
  draw: () => void
  next: () => void
  finish: () => void
  readBack: () => void
}

/** 命令をさがす — acts only, never people, so that no name lands in a command log. */
export function Palette({ close, act, leave, draw, next, finish, readBack }: Props) {
  const { standing } = useEncounters()
  const encountering = standing.state === 'here'
  const router = useRouter()
  const maySend = useMay('file.send')
  const mayCarryIn = useMay('file.carryIn')
  const mayReceive = useMay('filing.receive')
  const mayIssue = useMay('certificate.issue')
  const mayFile = useMay('file.read')
  const mayRun = useMay('job.read')
  const maySearch = useMay('person.search')
  const mayDecide = useMay('eligibility.decide')
  const mayAssess = useMay('premium.assess')
  const mayPremium = useMay('premium.read')
  const mayForm = useMay('form.read')
  const place = router.address?.place
  const person = place?.screen === 'person' || place?.screen === 'why' ? place.person : null
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  useKeys([{ key: 'Ctrl+K', word: '閉じる', run: close }], true)

  const commands = useMemo<readonly Command[]>(() => {
    const onlyCounter = 'できません:市区町村の窓口端末から送ります。'
    const onlyUnion = 'できません:広域連合の端末で見ます。'
    return [
      {
        name: 'きょう',
        also: 'today しらせ 今日',
        key: 'Alt+1',
        run: () => router.go({ screen: 'today' }),
      },
      {
        name: '次の人をさがす',
        also: 'けんさく 検索 person F2 ひと',
        key: 'F2',
        whyNot: maySearch ? null : 'できません:この役割では、人をさがしません。',
        run: next,
      },
      {
        name: '応対を終える',
        also: 'おうたい おわる 終了 encounter',
        run: finish,
        whyNot: encountering ? null : 'できません:この窓に、開いている応対がありません。',
      },
      {
        name: '読み合わせ',
        also: 'よみあわせ 本人確認 生年月日 町名 確かめる',
        run: readBack,
        whyNot: encountering ? null : 'できません:この窓に、開いている応対がありません。',
      },
      {
        name: '届いたファイル',
        also: 'ファイル とどいた 住民基本台帳情報 所得・課税情報 住登外登録情報',
        run: () => router.go({ screen: 'files', direction: 'in' }),
      },
      {
        name: '配信するファイル',
        also: 'はいしん 被保険者情報 保険料情報 受け取り',
        run: () => router.go({ screen: 'files', direction: 'out' }),
      },
      {
        name: '媒体から送る',
        also: 'そうしん ばいたい 電子記録媒体 移入 ファイル連携 持ち込む 中間サーバー マイナ保険証',
        run: () => router.go({ screen: 'send' }),
        whyNot: maySend || mayCarryIn ? null : onlyCounter,
      },
      {
        name: '実行のようす',
        also: 'じっこう ジョブ job バッチ',
        run: () => router.go({ screen: 'jobs' }),
        whyNot: mayRun ? null : onlyUnion,
      },
      {
        name: '保険料の賦課',
        also: 'ねんじふか 年次賦課 保険料 ほけんりょう 法104条 当初賦課',
        run: () => router.go({ screen: 'start', run: 'assess-premiums' }),
        whyNot: mayAssess ? null : 'できません:賦課担当が始めます。',
      },
      {
        name: '資格の判定',
        also: 'しかく 取得 喪失 法50条 年齢到達',
        run: () => router.go({ screen: 'start', run: 'decide-eligibility' }),
        whyNot: mayDecide ? null : 'できません:資格担当が始めます。',
      },
      {
        name: '届書を受け付ける',
        also: 'とどけ 届出 申請 しんせい うけつけ 受付 転入 転出 死亡 障害認定',
        run: () => router.go({ screen: 'newFiling', person: null }),
        whyNot: mayReceive ? null : 'できません:窓口担当と資格担当が受け付けます。',
      },
      {
        name: '届書の一覧',
        also: 'とどけ 仕事 期限 担当 queue',
        run: () => router.go({ screen: 'filings' }),
        whyNot: mayReceive ? null : 'できません:窓口担当と資格担当が見ます。',
      },
      {
        name: '突合',
        also: 'とつごう つきあわせ 住基 差異 ちがい',
        run: () => router.go({ screen: 'differences' }),
        whyNot: mayReceive ? null : 'できません:窓口担当と資格担当が直します。',
      },
      {
        name: '資格確認書等の文書',
        also: 'しかくかくにんしょ 被保険者証 ひほけんしゃしょう 保険証 資格情報のお知らせ',
        run: () => router.go({ screen: 'certificates' }),
        whyNot: mayIssue ? null : 'できません:窓口担当と資格担当が発行します。',
      },
      {
        name: '保険料台帳',
        also: 'ほけんりょう だいちょう 調定 更正 ledger 帳票番号21',
        run: () => {
          if (person !== null) router.go({ screen: 'person', person, tab: 'ledger' })
        },
        whyNot: !mayPremium
          ? 'できません:この役割では、保険料を見ません。'
          : person === null
            ? 'できません:先に、さがした人の頁をひらきます。'
            : null,
      },
      {
        name: '帳票を印刷する',
        also: 'ちょうひょう いんさつ 資格記録 障害認定証明書 負担区分等証明書 受付票 決定通知 print',
        run: () => {
          if (person !== null) router.go({ screen: 'person', person, tab: 'forms' })
        },
        whyNot: !mayForm
          ? 'できません:この役割では、帳票を見ません。'
          : person === null
            ? 'できません:先に、さがした人の頁をひらきます。'
            : null,
      },
      {
        name: '配信の帳票',
        also: 'ちょうひょう 一覧 年齢到達予定者 資格異動者 はいしん',
        run: () => router.go({ screen: 'formDeliveries' }),
        whyNot: mayFile ? null : 'できません:資格担当・賦課担当・窓口担当が見ます。',
      },
      {
        name: '連携先のようす',
        also: 'れんけい 無音 欠番 全件照合 媒体 鍵',
        run: () => router.go({ screen: 'partners' }),
        whyNot: mayFile ? null : 'できません:資格担当・賦課担当・窓口担当が見ます。',
      },
      { name: '画面を伏せる', also: 'ふせる カーテン 離席', key: 'F9', run: draw },
      { name: '明るい画面にする', also: 'あかるい ライト light', run: () => keepTheme('light') },
      { name: '暗い画面にする', also: 'くらい ダーク dark', run: () => keepTheme('dark') },
      { name: '端末に合わせた見え方にする', also: 'たんまつ auto', run: () => keepTheme('auto') },
      { name: '席を離れる', also: 'サインアウト ログアウト おわる', run: leave },
    ]
  }, [
    router,
    maySend,
    mayCarryIn,
    mayRun,
    mayReceive,
    mayIssue,
    mayFile,
    maySearch,
    mayDecide,
    mayAssess,
    mayPremium,
    mayForm,
    person,
    next,
    finish,
    readBack,
    encountering,
    draw,
    leave,
  ])

  const wanted = foldKana(text)
  const found = commands.filter((one) => foldKana(`${one.name} ${one.also}`).includes(wanted))
  const chosen = found[Math.min(at, found.length - 1)]

  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt((now) =>
        Math.min(Math.max(Math.min(now, found.length - 1) + step, 0), found.length - 1),
      )
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (chosen !== undefined && chosen.whyNot == null) act(chosen.run)
    }
  }

  return (
    <Dialog title="命令" close={close} className="palette">
      <Field
        label="すること"
        support="名前・読み・古い名前でさがせます。人の名前はここに入れません。"
      >
        {(props) => (
          <input
            {...props}
            data-first
            className="input"
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.name}`}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onKeyDown={pressed}
            onChange={(event) => {
              setText(event.target.value)
              setAt(0)
            }}
          />
        )}
      </Field>
      {found.length === 0 && <p role="status">この名前の命令はありません。</p>}
      <div className="palette-list" id={listId} role="listbox" aria-label="命令">
        {found.map((one) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox above holds the focus.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above hears the keys.
          <div
            key={one.name}
            className="command"
            id={`${listId}-${one.name}`}
            role="option"
            aria-selected={one === chosen}
            aria-disabled={one.whyNot != null || undefined}
            onClick={() => {
              if (one.whyNot == null) act(one.run)
            }}
          >
            <span>{one.name}</span>
            {one.key !== undefined && <kbd>{one.key}</kbd>}
            {one.whyNot != null && <span className="why-not">{one.whyNot}</span>}
          </div>
        ))}
      </div>
    </Dialog>
  )
}

import type { GivenRole, StaffAccount, StaffAccounts } from '@koiki/union'
import { useRef, useState } from 'react'
import { enterAsNext, useKeys } from '../app/keyboard.tsx'
import { useRealm } from '../app/router.tsx'
import { ask, sentenceOf, useAnswer } from '../app/server.ts'
import { useStatus } from '../app/status.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Button, Chip, Dialog, Field, PasswordField } from '../ui/parts.tsx'
import { Shown } from '../ui/states.tsx'
import { Page } from './Screen.tsx'

const roleWords: readonly (readonly [GivenRole, string])[] = [
  ['counterClerk', '窓口担当(市区町村を1つ)'],
  ['eligibilityClerk', '資格担当'],
  ['premiumClerk', '賦課担当'],
  ['benefitsClerk', '給付担当'],
  ['administrator', '管理者(人は見えない)'],
]

/** 利用者 — who may sit down at a desk; what they may do follows from the role, and is never changed, only ended. */
export function Accounts() {
  const answer = useAnswer<StaffAccounts>(useRealm(), 'accounts')
  const [ending, setEnding] = useState<StaffAccount | null>(null)
  useKeys([{ key: 'F5', word: '最新にする', run: answer.again }])
  return (
    <Page title="利用者">
      <Shown answer={answer} name="利用者の一覧を読み込んでいます。">
        {(list) => (
          <div className="stack wide">
            <Listed list={list} end={setEnding} again={answer.again} />
            <Register list={list} again={answer.again} />
            {ending !== null && (
              <End account={ending} close={() => setEnding(null)} again={answer.again} />
            )}
          </div>
        )}
      </Shown>
    </Page>
  )
}

function Listed({
  list,
  end,
  again,
}: {
  list: StaffAccounts
  end: (account: StaffAccount) => void
  again: () => void
}) {
  const realm = useRealm()
  const { say } = useStatus()
  const unlock = async (account: StaffAccount) => {
    try {
      await ask(realm, `accounts/${account.id}/unlock`, { method: 'POST', body: {} })
      say(`${account.name}さんの締出しを解きました。`)
      again()
    } catch (error) {
      say(sentenceOf(error))
    }
  }
  return (
    <DataTable
      caption="利用者の一覧"
      rows={list.accounts}
      rowKey={(account) => account.id}
      head={{ name: '利用者の名', sort: (account) => account.account, cell: (one) => one.account }}
      columns={[
        { name: '名前', cell: (account) => account.name },
        { name: '役割', cell: (account) => account.roles.join('・') },
        { name: '場所', cell: (account) => account.place, sort: (account) => account.place },
        {
          name: 'ようす',
          cell: (account) =>
            account.disabled ? <Chip look="watch">止めた</Chip> : account.self ? 'あなた' : '',
        },
        {
          name: 'すること',
          cell: (account) =>
            account.disabled || account.self ? (
              ''
            ) : (
              <span className="bar">
                <Button
                  look="small"
                  label={`${account.name}さんの締出しを解く`}
                  run={() => void unlock(account)}
                >
                  締出しを解く
                </Button>
                <Button look="small" label={`${account.name}さんを止める`} run={() => end(account)}>
                  止める
                </Button>
              </span>
            ),
        },
      ]}
    />
  )
}

function Register({ list, again }: { list: StaffAccounts; again: () => void }) {
  const realm = useRealm()
  const { say } = useStatus()
  const [account, setAccount] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<GivenRole>('counterClerk')
  const [municipality, setMunicipality] = useState(list.municipalities[0]?.code ?? '')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const summary = useRef<HTMLDivElement>(null)
  const register = async () => {
    try {
      await ask(realm, 'accounts', {
        method: 'POST',
        body: {
          account,
          name,
          role,
          municipality: role === 'counterClerk' ? municipality : null,
          password,
        },
      })
      say(`${name}さんを登録しました。`)
      setAccount('')
      setName('')
      setPassword('')
      setFailure(null)
      again()
    } catch (error) {
      setFailure(sentenceOf(error))
      summary.current?.focus()
    }
  }
  useKeys([{ key: 'Ctrl+Enter', word: '登録する', run: () => void register() }])
  const text = { className: 'input', autoComplete: 'off', spellCheck: false } as const
  return (
    <section className="stack send" aria-labelledby="register" onKeyDown={enterAsNext}>
      <h2 id="register">登録する</h2>
      {failure !== null && (
        <div className="banner bad" role="alert" tabIndex={-1} ref={summary} data-state="error">
          <span className="word">確かめてください</span>
          <p>{failure}</p>
        </div>
      )}
      <Field label="利用者の名" need support="半角の英小文字・数字。サインインに使います。">
        {(props) => (
          <input
            {...props}
            {...text}
            autoCapitalize="none"
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
        )}
      </Field>
      <Field label="名前" need support="閲覧の記録に、この名前が残ります。">
        {(props) => (
          <input
            {...props}
            {...text}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="役割" need>
        {(props) => (
          <select
            {...props}
            className="input"
            value={role}
            onChange={(event) => setRole(event.target.value as GivenRole)}
          >
            {roleWords.map(([one, word]) => (
              <option key={one} value={one}>
                {word}
              </option>
            ))}
          </select>
        )}
      </Field>
      {role === 'counterClerk' && (
        <Field label="窓口の市区町村" need>
          {(props) => (
            <select
              {...props}
              className="input"
              value={municipality}
              onChange={(event) => setMunicipality(event.target.value)}
            >
              {list.municipalities.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <PasswordField
        label="はじめのパスワード"
        kind="new"
        support="本人が、あとで変えます。"
        password={password}
        change={setPassword}
      />
      <div className="bar">
        <Button look="main" run={() => void register()}>
          {name === '' ? '利用者を登録する' : `${name}さんを登録する`} <kbd>Ctrl+Enter</kbd>
        </Button>
      </div>
    </section>
  )
}

/** 止める — for good; the open sessions of the person end at once. */
function End({
  account,
  close,
  again,
}: {
  account: StaffAccount
  close: () => void
  again: () => void
}) {
  const realm = useRealm()
  const { say } = useStatus()
  const [failure, setFailure] = useState<string | null>(null)
  useKeys([{ key: 'Esc', word: 'やめる', run: close }], true)
  const end = async () => {
    try {
      await ask(realm, `accounts/${account.id}/disable`, { method: 'POST', body: {} })
      say(`${account.name}さんの利用を止めました。`)
      close()
      again()
    } catch (error) {
      setFailure(sentenceOf(error))
    }
  }
  return (
    <Dialog title={`${account.name}さんの利用を止めますか`} close={close}>
      <p>
        {account.place}の{account.roles.join('・')}
        です。止めると、いまの席も終わり、もとにはもどせません。
      </p>
      {failure !== null && (
        <p className="error" role="alert">
          {failure}
        </p>
      )}
      <div className="bar">
        <Button look="main" run={() => void end()}>
          {account.name}さんを止める
        </Button>
        <Button run={close}>
          やめる <kbd>Esc</kbd>
        </Button>
      </div>
    </Dialog>
  )
}

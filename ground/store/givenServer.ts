import { withClient } from './client.ts'
import { StoreError, storeError } from './errors.ts'

/** So long is waited for a server that does not even refuse. */
const patienceMs = 10_000

/**
 * 役所のデータベースを確かめる — reads the address that the environment variable `variable` holds and signs in once,
 * before anything is begun. What is wrong is told by the variable's name; its value, which holds a password, never.
 */
export async function checkGivenServer(variable: string, value: string): Promise<void> {
  const address = addressOf(variable, value)
  try {
    await withClient(
      value,
      'koiki-front-door',
      async (client) => void (await client.query('select 1')),
      patienceMs,
    )
  } catch (error) {
    throw new StoreError(`${why(variable, placeOf(address), error)}まだ何も始めていません。`, {
      kind: 'unavailable',
    })
  }
}

function addressOf(variable: string, value: string): URL {
  const refuse = (what: string): StoreError =>
    new StoreError(
      `${variable} ${what}postgres://利用者:パスワード@計算機:5432/postgres の形で書いてください（パスワードの中の記号は %40 のように書きます）。役所のデータベースを使わないなら、${variable} を消してください。まだ何も始めていません。`,
      { kind: 'misuse' },
    )
  if (value.trim() === '') throw refuse('が空です。')
  const address = URL.parse(value)
  if (address === null) throw refuse('を、データベースの場所として読めません。')
  if (address.protocol !== 'postgres:' && address.protocol !== 'postgresql:')
    throw refuse('が、PostgreSQL の場所ではありません。')
  if (address.hostname === '') throw refuse('に、計算機の名前がありません。')
  if (address.username === '') throw refuse('に、利用者の名前がありません。')
  if (address.password === '') throw refuse('に、パスワードがありません。')
  // An unescaped sign in a password ends it early; what follows would be taken, and told, as the machine's name.
  if (address.hash !== '' || /@/.test(address.pathname + address.search))
    throw refuse('のパスワードに、そのままでは書けない記号があるようです。')
  try {
    for (const part of [address.hostname, address.username, address.password, address.pathname])
      decodeURIComponent(part)
  } catch {
    throw refuse('の % のあとを読めません。')
  }
  return address
}

const placeOf = ({ hostname, port }: URL): string =>
  `${decodeURIComponent(hostname)}:${port === '' ? '5432' : port}`

const refusals: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'そこで待ち受けているものがありません',
  ENOTFOUND: 'その名前の計算機が見つかりません',
  EAI_AGAIN: 'その名前の計算機を探せません',
  ETIMEDOUT: '返事がありません',
  EHOSTUNREACH: 'そこへの道がありません',
  ENETUNREACH: 'そこへの道がありません',
  ECONNRESET: '相手が途中で切りました。PostgreSQL ではないおそれがあります',
  ENOENT: '書かれているファイルがありません',
}

const phrases: readonly (readonly [RegExp, string])[] = [
  [/timeout/i, '返事がありません'],
  [/terminated/i, '相手が途中で切りました。PostgreSQL ではないおそれがあります'],
  [/SSL|certificate|TLS/i, '暗号化の指定（sslmode）が相手と合いません'],
]

/** A whole sentence; nothing that the driver says is repeated, for it may quote the address. */
function why(variable: string, place: string, thrown: unknown): string {
  const { code, message = '' } = thrown as { code?: string; message?: string }
  const told = storeError(thrown)
  if (code === '28P01')
    return `${variable} の利用者かパスワードが違います（${place}）。確かめて書き直してください。`
  if (code === '3D000')
    return `${variable} に書かれた名前のデータベースがありません（${place}）。名前を postgres にするか、確かめて書き直してください。`
  if (told instanceof StoreError && told.sqlState !== null)
    return `${variable} のデータベース（${place}）が、つなぐのを断りました。${told.message}`
  const reason =
    refusals[code ?? ''] ??
    phrases.find(([phrase]) => phrase.test(message))?.[1] ??
    `理由 ${code ?? '不明'}`
  return `${variable} のデータベースにつながりません（${place}、${reason}）。場所が正しいか、そのデータベースが動いているかを確かめてください。`
}

import type { PlainDate } from '@koiki/kernel'
import type { Instant, Transaction } from '@koiki/store'

/** 代役の行儀 — how the invented stand-in hands over what it makes: well, or as a rehearsal wants it. */
export const conducts = [
  'late',
  'twice',
  'outOfOrder',
  'wrongTotals',
  'oldLayout',
  'silent',
  'off',
] as const
export type Conduct = (typeof conducts)[number]

export const conductWords: Readonly<Record<Conduct, string>> = {
  late: '遅らせる',
  twice: '二度出す',
  outOfOrder: '順を違える',
  wrongTotals: '送り状の合計を偽る',
  oldLayout: '古い版で出す',
  silent: '出さない',
  off: '行儀よく出す',
}

export interface PresentConduct {
  readonly conduct: Conduct
  readonly heldUntil: PlainDate | null
  readonly since: Instant | null
  /** 媒体の上の名前 of what misbehaves at present. */
  readonly media: readonly string[]
}

/** 媒体に置いたものの行儀 */
export interface MediumConduct {
  readonly name: string
  readonly conduct: Exclude<Conduct, 'off'>
  readonly heldUntil: PlainDate | null
  readonly overtaken: boolean
}

export async function presentConduct(
  tx: Transaction,
  municipality: string,
): Promise<PresentConduct> {
  const row = await tx.maybe<Omit<PresentConduct, 'media'>>(
    `select conduct, held_until as "heldUntil", since from municipal_system.conduct
      where municipality_code = $1`,
    [municipality],
  )
  const media = (await mediaConduct(tx, municipality)).map(({ name }) => name)
  return { ...(row ?? { conduct: 'off', heldUntil: null, since: null }), media }
}

export async function mediaConduct(
  tx: Transaction,
  municipality: string,
): Promise<MediumConduct[]> {
  return tx.query<MediumConduct>(
    `select medium_name as name, conduct, held_until as "heldUntil", overtaken
       from municipal_system.medium_conduct
      where municipality_code = $1
      order by medium_name`,
    [municipality],
  )
}

/** 行儀を決める — for what is made from now on; `off` also lets go of everything made before. */
export async function setConduct(
  tx: Transaction,
  municipality: string,
  conduct: Conduct,
  heldUntil: PlainDate | null,
): Promise<void> {
  await tx.run(
    `insert into municipal_system.conduct
       (municipality_code, union_code, conduct, held_until, since)
     values ($1, $2, $3, $4, $5)
     on conflict (municipality_code) do update
        set conduct = excluded.conduct, held_until = excluded.held_until, since = excluded.since`,
    [municipality, Number(tx.scope?.union), conduct, heldUntil, tx.now],
  )
  if (conduct === 'off') await releaseMedia(tx, municipality)
}

/** 放す — what was made badly so far is handed over well. How many. */
export async function releaseMedia(tx: Transaction, municipality: string): Promise<number> {
  return tx.run('delete from municipal_system.medium_conduct where municipality_code = $1', [
    municipality,
  ])
}

export async function noteMedium(
  tx: Transaction,
  municipality: string,
  { name, conduct, heldUntil }: Omit<MediumConduct, 'overtaken'>,
): Promise<void> {
  await tx.run(
    `insert into municipal_system.medium_conduct
       (municipality_code, medium_name, union_code, conduct, held_until, overtaken)
     values ($1, $2, $3, $4, $5, false)
     on conflict (municipality_code, medium_name) do nothing`,
    [municipality, name, Number(tx.scope?.union), conduct, heldUntil],
  )
}

/** 後の番号が先に出た — whatever waited for it may follow. */
export async function noteOvertaken(
  tx: Transaction,
  municipality: string,
  names: readonly string[],
): Promise<void> {
  await tx.run(
    `update municipal_system.medium_conduct set overtaken = true
      where municipality_code = $1 and medium_name = any($2)`,
    [municipality, names],
  )
}

/** Whether something that is late, or never to come, is still kept back on this day. */
export const keptBack = (
  { conduct, heldUntil }: { readonly conduct: Conduct; readonly heldUntil: PlainDate | null },
  today: PlainDate,
): boolean =>
  conduct === 'silent' || (conduct === 'late' && (heldUntil === null || today < heldUntil))

import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  documentText,
  type ExchangePlace,
  type PartyKeys,
  readManifest,
  signed,
} from '@koiki/exchange'
import type { PlainDate } from '@koiki/kernel'
import type { Database, Scope, Transaction } from '@koiki/store'
import { formerCopy } from './formerEdition.ts'
import type { Medium } from './medium.ts'
import {
  keptBack,
  type MediumConduct,
  mediaConduct,
  noteMedium,
  noteOvertaken,
  presentConduct,
} from './municipalSystem/conduct.ts'

/** Of a name that is there twice, the second: `…-again-000001`. */
const again = /-again-([0-9]+)$/
const secondName = (name: string): string => name.replace(/-([0-9]+)$/, '-again-$1')
/** 媒体の上の本来の名前 */
export const firstName = (name: string): string => name.replace(again, '-$1')

const layoutOf = (name: string): string => name.replace(/-[0-9]+$/, '')

/**
 * 行儀のわるい媒体 — around a good one, only for the invented stand-in: what was made while a municipality
 * misbehaves comes late, twice, after its successor, with a lying manifest, in an older edition, or never. Lies are signed with
 * the sender's own key, so that they arrive as well made as the truth; the journal and the sealed bytes stay
 * honest, and once let go the same item is handed over well.
 */
export function misbehavingMedium(
  inner: Medium,
  store: Database,
  placeOf: (municipality: string) => ExchangePlace,
): Medium {
  const scopeOf = (municipality: string): Scope => ({
    union: municipality.slice(0, 2),
    municipality,
  })
  const noted = <T>(municipality: string, work: (tx: Transaction) => Promise<T>): Promise<T> =>
    store.transaction(scopeOf(municipality), work)

  async function found(municipality: string, name: string): Promise<MediumConduct | null> {
    const known = await noted(municipality, async (tx) => ({
      today: tx.today,
      rows: await mediaConduct(tx, municipality),
    }))
    return known.rows.find((one) => one.name === firstName(name)) ?? null
  }

  /** Null where nobody can see it now. */
  async function seen(
    municipality: string,
    name: string,
  ): Promise<{ name: string; conduct: MediumConduct | null } | null> {
    const conduct = await found(municipality, name)
    const today = await noted(municipality, async (tx) => tx.today)
    if (conduct !== null && hidden(conduct, today)) return null
    if (again.test(name) && conduct?.conduct !== 'twice') return null
    return { name: firstName(name), conduct }
  }

  /** Null unless this item is handed over in an older edition. */
  async function former(
    municipality: string,
    { name, conduct }: { readonly name: string; readonly conduct: MediumConduct | null },
  ) {
    if (conduct?.conduct !== 'oldLayout') return null
    const text = await inner.manifest(municipality, name)
    if (text === null) return null
    const place = placeOf(municipality)
    return noted(municipality, (tx) =>
      formerCopy(tx, place, text, path.join(place.folder, 'former')),
    )
  }

  return {
    has: (municipality, name) => inner.has(municipality, name),

    async put(item) {
      const municipality = item.name.slice(0, 6)
      await noted(municipality, async (tx) => {
        const { conduct, heldUntil } = await presentConduct(tx, municipality)
        if (conduct === 'off') return
        const waiting = (await mediaConduct(tx, municipality)).some(
          (one) => waits(one) && layoutOf(one.name) === layoutOf(item.name),
        )
        // The one that overtakes is handed over well.
        if (conduct === 'outOfOrder' && waiting) return
        await noteMedium(tx, municipality, { name: item.name, conduct, heldUntil })
      })
      await inner.put(item)
    },

    async list(municipality) {
      const [there, { rows, today }] = await Promise.all([
        inner.list(municipality),
        noted(municipality, async (tx) => ({
          rows: await mediaConduct(tx, municipality),
          today: tx.today,
        })),
      ])
      const of = new Map(rows.map((row) => [row.name, row]))
      return there.flatMap((one) => {
        const conduct = of.get(one.name)
        if (conduct === undefined) return [one]
        if (hidden(conduct, today)) return []
        return conduct.conduct === 'twice' ? [one, { ...one, name: secondName(one.name) }] : [one]
      })
    },

    async manifest(municipality, name) {
      const what = await seen(municipality, name)
      if (what === null) return null
      const text = await inner.manifest(municipality, what.name)
      if (text === null) return null
      if (what.conduct?.conduct === 'wrongTotals') return lying(text, placeOf(municipality).keys)
      const copy = await former(municipality, what)
      return copy === null ? text : readFile(copy.manifest, 'utf8')
    },

    async open(municipality, name) {
      const what = await seen(municipality, name)
      if (what === null) return null
      const copy = await former(municipality, what)
      const file =
        copy === null ? await inner.open(municipality, what.name) : createReadStream(copy.sealed)
      if (file !== null) {
        await noted(municipality, async (tx) => {
          const before = (await mediaConduct(tx, municipality)).filter(
            (one) =>
              waits(one) &&
              layoutOf(one.name) === layoutOf(what.name) &&
              one.name.localeCompare(what.name) < 0,
          )
          await noteOvertaken(
            tx,
            municipality,
            before.map((one) => one.name),
          )
        })
      }
      return file
    },
  }
}

const waits = ({ conduct, overtaken }: MediumConduct): boolean =>
  conduct === 'outOfOrder' && !overtaken

const hidden = (conduct: MediumConduct, today: PlainDate): boolean =>
  waits(conduct) || keptBack(conduct, today)

async function lying(text: string, keys: PartyKeys): Promise<string> {
  const { signature: _, ...honest } = readManifest(text)
  const lie = {
    recordCount: honest.recordCount + 1,
    hashTotals: Object.fromEntries(
      Object.entries(honest.hashTotals).map(([name, sum]) => [name, String(BigInt(sum) + 1n)]),
    ),
  }
  const [own] = await keys.own(honest.sender)
  return documentText(signed('manifest', { ...honest, ...lie }, own))
}

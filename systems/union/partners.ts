import {
  type ExchangePlace,
  keyFault,
  listDestinationStops,
  listOverdueMedia,
  listPartnerNews,
  listReconciliations,
  listTransmissions,
  wholeUnion,
} from '@koiki/exchange'
import { addDays } from '@koiki/kernel'
import { マイナ保険証利用登録状況, 住民基本台帳情報 } from '@koiki/layouts'
import { municipalities, type Transaction } from '@koiki/store'
import type { z } from 'zod'
import type { DestinationStop, PartnerKey, Partners } from './api/partners.ts'
import { inDeskWords, municipalityName, partnerOf } from './places.ts'
import { packUuid, type References } from './reference.ts'

/** So many days before a certificate ends, its renewal is asked for. */
const renewalDays = 30

const placeNamed = (code: string) => ({ code, name: municipalityName(code) })

/** 相手のようす — every partner in the scope: news, media, keys and what the last reconciliation came to. */
export async function partnersOf(
  tx: Transaction,
  place: ExchangePlace,
  references: References,
): Promise<z.infer<typeof Partners>> {
  const { union, municipality } = tx.scope as { union: string; municipality: string }
  const codes = municipalities
    .map(([code]) => code)
    .filter((code) => code.startsWith(union) && (municipality === '*' || code === municipality))
  const partners = (all: readonly string[]) =>
    all.map((code) => ({ partner: partnerOf(code), municipality: code }))
  const beyond = municipality === '*' ? [wholeUnion(union)] : []
  const news = [
    ...(await listPartnerNews(tx, place.self, partners(beyond), [マイナ保険証利用登録状況.name])),
    ...(await listPartnerNews(tx, place.self, partners(codes), [住民基本台帳情報.name])),
  ]
  const media = await listOverdueMedia(tx, place.self)
  const reconciliations = await listReconciliations(tx)
  const keys = await keysOf(
    tx,
    place,
    municipality === '*' ? [...beyond, ...codes] : [municipality],
  )
  const waiting = await waitingOf(tx)
  const stops = await stopsOf(tx, place, codes, waiting)
  return {
    on: tx.today,
    checkedAt: tx.now,
    alarms:
      news.filter(({ state }) => state !== '平常' && state !== '未開始').length +
      media.length +
      stops.length +
      keys.filter(({ state }) => state !== 'sound').length +
      reconciliations.filter(({ differences }) => differences > 0).length,
    partners: news.map(({ partner: _, municipality: code, missing, ...one }) => ({
      ...one,
      sentence: inDeskWords(one.sentence),
      missing: [...missing],
      municipality: placeNamed(code),
    })),
    stops,
    destinations: codes
      .filter(
        (code) => !stops.some((one) => one.toldBy === '自分' && one.municipality.code === code),
      )
      .map((code) => ({ municipality: placeNamed(code), waiting: waiting.get(code) ?? 0 })),
    overdueMedia: media.map((one) => ({
      transmission: references.write('transmission', packUuid(one.transmissionId)),
      municipality: placeNamed(one.municipality),
      layout: one.layout,
      number: one.sequenceNumber,
      leftOn: one.leftOn,
      dueOn: one.dueOn,
      sentence: inDeskWords(one.sentence),
    })),
    keys,
    reconciliations: reconciliations.map(({ reconciliationId, municipality: code, ...one }) => ({
      ...one,
      reconciliation: references.write('reconciliation', packUuid(reconciliationId)),
      municipality: placeNamed(code),
    })),
  }
}

/** 停止中の宛先 — with who decided it, and how many transmissions are made and wait for it to be lifted. */
export async function stopsOf(
  tx: Transaction,
  place: ExchangePlace,
  codes: readonly string[],
  waiting: ReadonlyMap<string, number>,
): Promise<z.infer<typeof DestinationStop>[]> {
  const stops: z.infer<typeof DestinationStop>[] = []
  for (const code of codes)
    for (const stop of await listDestinationStops(tx, place, partnerOf(code))) {
      const { toldBy, since, at, reason, account, sentence, action } = stop
      stops.push({
        municipality: placeNamed(code),
        ...{ toldBy, since, at, reason, action },
        sentence: inDeskWords(sentence),
        by: account === null ? null : await nameOf(tx, account),
        waiting: waiting.get(code) ?? 0,
      })
    }
  return stops
}

/** 渡していない送信 — how many, by municipality. */
export async function waitingOf(tx: Transaction): Promise<ReadonlyMap<string, number>> {
  const waiting = new Map<string, number>()
  for (const { municipality } of await listTransmissions(tx, {
    ...{ direction: 'sent', states: ['prepared'], limit: 5000 },
  }))
    waiting.set(municipality, (waiting.get(municipality) ?? 0) + 1)
  return waiting
}

/** Null where the account is of another house: a counter is told that the union decided, not who. */
async function nameOf(tx: Transaction, account: string): Promise<string | null> {
  const found = await tx.maybe<{ name: string }>(
    'select display_name as name from access.account where account_id::text = $1::text',
    [account],
  )
  return found?.name ?? null
}

async function keysOf(
  tx: Transaction,
  place: ExchangePlace,
  codes: readonly string[],
): Promise<z.infer<typeof PartnerKey>[]> {
  const found: z.infer<typeof PartnerKey>[] = []
  for (const code of [null, ...codes]) {
    const party = code === null ? place.self : partnerOf(code)
    const municipality = code === null ? null : placeNamed(code)
    // A partner with whom nothing was exchanged yet may not have given its key.
    const keys = await place.keys.of(party).catch(() => null)
    if (keys === null) continue
    const [key] = keys
    const fault = await keyFault(place.keys, party, key, tx.today)
    const validUntil = key.certificate?.validUntil ?? null
    const expiring = validUntil !== null && addDays(tx.today, renewalDays) > validUntil
    found.push({
      municipality,
      keyId: key.keyId,
      validUntil,
      state: fault !== null ? 'fault' : expiring ? 'expiring' : 'sound',
      sentence:
        fault !== null
          ? inDeskWords(fault.sentence)
          : expiring
            ? inDeskWords(
                `証明書は${validUntil}で切れます。それまでに鍵を替え、新しい証明書を受けてください。`,
              )
            : '使えます。',
    })
  }
  return found
}

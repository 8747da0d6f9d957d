import {
  type ExchangePlace,
  findDestinationStop,
  keyFault,
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
import { municipalityName, partnerOf } from './places.ts'
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
  const stops = await stopsOf(tx, place, codes)
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
      missing: [...missing],
      municipality: placeNamed(code),
    })),
    stops,
    overdueMedia: media.map((one) => ({
      transmission: references.write('transmission', packUuid(one.transmissionId)),
      municipality: placeNamed(one.municipality),
      layout: one.layout,
      number: one.sequenceNumber,
      leftOn: one.leftOn,
      dueOn: one.dueOn,
      sentence: one.sentence,
    })),
    keys,
    reconciliations: reconciliations.map(({ reconciliationId, municipality: code, ...one }) => ({
      ...one,
      reconciliation: references.write('reconciliation', packUuid(reconciliationId)),
      municipality: placeNamed(code),
    })),
  }
}

/** 停止中の宛先 — with how many transmissions are made and wait for it to be lifted. */
export async function stopsOf(
  tx: Transaction,
  place: ExchangePlace,
  codes: readonly string[],
): Promise<z.infer<typeof DestinationStop>[]> {
  const stops: z.infer<typeof DestinationStop>[] = []
  for (const code of codes) {
    const stop = await findDestinationStop(tx, place, `municipality:${code}`)
    if (stop === null) continue
    const waiting = await listTransmissions(tx, {
      ...{ direction: 'sent', municipality: code, states: ['prepared'], limit: 5000 },
    })
    const { toldBy, since, sentence, action } = stop
    stops.push({
      municipality: placeNamed(code),
      ...{ toldBy, since, sentence, action, waiting: waiting.length },
    })
  }
  return stops
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
        fault?.sentence ??
        (expiring
          ? `証明書は${validUntil}で切れます。それまでに鍵を替え、新しい証明書を受けてください。`
          : '使えます。'),
    })
  }
  return found
}

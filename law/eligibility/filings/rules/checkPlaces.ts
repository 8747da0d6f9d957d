import type { Fault, FiledAddress, FilingContent } from '../filing.ts'
import { fault } from './fault.ts'

/** 受け付ける市区町村と広域連合 — by their names. */
export type OfficePlace = { readonly municipality: string; readonly union: string }

/**
 * 住所と施設の場所 — an address that is told here lies here; a facility of 住所地特例 lies in the other area.
 */
export function checkPlaces({ kind, fields }: FilingContent, here: OfficePlace): readonly Fault[] {
  const address = fields.address as FiledAddress | null | undefined
  const facility = fields.facilityAddress as FiledAddress | null | undefined
  const inArea = facility?.prefecture ? here.union.startsWith(facility.prefecture) : null
  const faults: Fault[] = []
  if (address?.municipalityName && !isIn(address, here))
    faults.push(
      fault(
        'fields.address',
        'elsewhere',
        `${here.municipality}の住所ではありません。ここに受け付けるのは、${here.municipality}に住所のある人の届出です。住所を確かめてください。`,
      ),
    )
  if (kind === 'provisionBegan' && inArea !== null && inArea !== (fields.side === 'others')) {
    if (fields.side === 'ours')
      faults.push(
        fault(
          'fields.facilityAddress',
          'sameArea',
          '施設が、この広域連合の区域の中にあります。区域の中で施設に移っても、住所地特例は要りません。所在地と「どちらの広域連合の被保険者か」を確かめてください。',
        ),
      )
    if (fields.side === 'others')
      faults.push(
        fault(
          'fields.facilityAddress',
          'otherArea',
          '施設が、この広域連合の区域の外にあります。所在地と「どちらの広域連合の被保険者か」を確かめてください。',
        ),
      )
  }
  return faults
}

const isIn = ({ prefecture, municipalityName }: FiledAddress, here: OfficePlace): boolean =>
  here.union.startsWith(prefecture) &&
  (municipalityName.startsWith(here.municipality) ||
    municipalityName.endsWith(`郡${here.municipality}`))

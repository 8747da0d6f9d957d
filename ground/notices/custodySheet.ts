import { typeset } from './typeset.ts'

/** 媒体の受渡し票 — what one medium's sheet says: its file and its way; nothing about anybody in it. */
export interface CustodySheet {
  readonly transmissionId: string
  readonly layout: string
  readonly sequenceNumber: number
  readonly recordCount: number
  readonly sealedSha256: string
  readonly from: string
  readonly to: string
  readonly rows: readonly {
    readonly number: number
    readonly kind: string
    readonly carrier: string
    readonly from: string | null
    readonly to: string | null
    readonly mediaCount: number
    readonly on: string
    readonly note: string
  }[]
}

/** 媒体の受渡し票を印刷する — one tagged PDF, with empty rows for what happens after it is printed. */
export function printCustodySheet(
  sheet: CustodySheet,
  options: { readonly issuer: string; readonly mock: boolean; readonly printedAt: number },
): Buffer {
  const data = { issuer: options.issuer, mock: options.mock, sheet }
  return typeset('custodySheet.typ', data, options.printedAt).pdf
}

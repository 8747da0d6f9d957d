import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles } from './coverage.ts'

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

let compiler: NodeCompiler | undefined

/** 媒体の受渡し票を印刷する — one tagged PDF, with empty rows for what happens after it is printed. */
export function printCustodySheet(
  sheet: CustodySheet,
  options: { readonly issuer: string; readonly mock: boolean; readonly printedAt: number },
): Buffer {
  const workspace = path.join(import.meta.dirname, 'forms')
  compiler ??= NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...fontFiles] }] })
  const data = JSON.stringify({ issuer: options.issuer, mock: options.mock, sheet })
  try {
    const { result } = compiler.compile({
      mainFilePath: path.join(workspace, 'custodySheet.typ'),
      inputs: { data },
    })
    if (result === null)
      throw new Error('受渡し票を組めませんでした。印刷していません。様式を直してください。')
    return compiler.pdf(result, {
      pdfStandard: process.platform === 'linux' && process.arch === 'x64' ? 'ua-1' : '1.7',
      creationTimestamp: options.printedAt,
    })
  } finally {
    compiler.evictCache(0)
  }
}

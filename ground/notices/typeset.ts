import path from 'node:path'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles } from './coverage.ts'

const formsFolder = path.join(import.meta.dirname, 'forms')

let compiler: NodeCompiler | undefined

/** Typst 0.13, the newest that is published for some machines, knows no tags. */
const taggedPdf = process.platform === 'linux' && process.arch === 'x64'

/**
 * 帳票を組む — one document of a form, from its data alone: the same data and time give the same bytes. Throws where the
 * form itself cannot be set; the message names the form and nobody in it.
 */
export function typeset(
  file: string,
  data: object,
  printedAt: number,
): { readonly pdf: Buffer; readonly pages: number } {
  compiler ??= NodeCompiler.create({
    workspace: formsFolder,
    fontArgs: [{ fontPaths: [...fontFiles] }],
  })
  try {
    const document = composed(compiler, file, JSON.stringify(data))
    const pdf = compiler.pdf(document, {
      pdfStandard: taggedPdf ? 'ua-1' : '1.7',
      creationTimestamp: printedAt,
    })
    return { pdf, pages: document.numOfPages }
  } finally {
    compiler.evictCache(0)
  }
}

function composed(typst: NodeCompiler, file: string, data: string): NodeTypstDocument {
  const { result } = typst.compile({
    mainFilePath: path.join(formsFolder, file),
    inputs: { data },
  })
  if (result !== null) return result
  // Diagnostics of Typst quote the source, which holds names: only the kind may be told.
  throw new Error(
    `帳票「${file}」を組めませんでした。1枚も印刷していません。様式を直してください。`,
  )
}

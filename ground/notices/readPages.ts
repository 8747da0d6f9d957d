import { extractText, getDocumentProxy } from 'unpdf'

/**
 * 紙を読む — the words of a printed file, a text for each page, as somebody reads them who holds the paper: for those who
 * must know what stands on it and not what was meant to. Without spaces and line ends: where a line breaks is no
 * matter of what is said.
 */
export async function readPages(pdf: Uint8Array): Promise<readonly string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 })
  try {
    const { text } = await extractText(document, { mergePages: false })
    return text.map((page) => page.replaceAll(/\s+/g, ''))
  } finally {
    await document.loadingTask.destroy()
  }
}

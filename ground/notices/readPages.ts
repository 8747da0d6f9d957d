import { extractText, getDocumentProxy } from 'unpdf'

/**
 * 紙を読む — the words of a printed file, a text for each page, as somebody reads them who holds the paper: for those who
 * must know what stands on it and not what was meant to.
 */
export async function readPages(pdf: Uint8Array): Promise<readonly string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf))
  try {
    return (await extractText(document, { mergePages: false })).text
  } finally {
    await document.loadingTask.destroy()
  }
}

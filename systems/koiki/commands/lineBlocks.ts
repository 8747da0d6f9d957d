import { type LineBlock, lineBytesMax, newline } from './answerBlock.ts'

/** 行の束に分ける — what came, cut at the ends of lines, with the number of its first line. */
export async function* lineBlocks(input: NodeJS.ReadableStream): AsyncGenerator<LineBlock> {
  let firstLine = 1
  const block = (bytes: Buffer): LineBlock => {
    const made = { bytes, firstLine }
    firstLine += 1 + newlinesIn(bytes)
    return made
  }
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const piece of input) {
    let chunk = typeof piece === 'string' ? Buffer.from(piece) : (piece as Buffer)
    const first = chunk.indexOf(newline)
    if (first !== -1 && restBytes > 0) {
      yield block(Buffer.concat([...rest, chunk.subarray(0, first)]))
      rest = []
      restBytes = 0
      chunk = chunk.subarray(first + 1)
    }
    const last = chunk.lastIndexOf(newline)
    if (last !== -1) yield block(chunk.subarray(0, last))
    const tail = chunk.subarray(last + 1)
    // A line beyond the limit is counted but no longer kept.
    if (tail.length > 0 && restBytes <= lineBytesMax) rest.push(tail)
    restBytes += tail.length
  }
  if (restBytes > 0) yield block(Buffer.concat(rest))
}

function newlinesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}

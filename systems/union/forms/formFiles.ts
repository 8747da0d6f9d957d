import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type ExchangePlace, keepSealed, seal, unseal } from '@koiki/exchange'
import { type FormDelivery, sealedFormsOf } from '@koiki/notices'
import type { Transaction } from '@koiki/store'

/** 配信する帳票の置き場 — one folder for each job, so that what a job left behind can be told from what it delivered. */
const folderOf = (jobId: number): string => `forms/${jobId}`

/** 帳票を置く — sealed for the union itself; called before the row that names it is committed. Gives that name. */
export async function keepForm(place: ExchangePlace, jobId: number, pdf: Buffer): Promise<string> {
  const [own] = await place.keys.own(place.self)
  const folder = path.join(place.folder, folderOf(jobId))
  const { name } = await keepSealed(folder, seal(own.recipient, [pdf]))
  return `${folderOf(jobId)}/${name}`
}

/**
 * 置いたままの帳票を捨てる — what no row names: a unit was sealed and not committed. Only at the beginning of a run, when
 * nobody else does this job: a commit whose answer was lost may have happened, and its file is a municipality's.
 */
export async function sweepForms(
  tx: Transaction,
  place: ExchangePlace,
  jobs: readonly number[],
): Promise<void> {
  for (const jobId of jobs) {
    const folder = path.join(place.folder, folderOf(jobId))
    const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(gone)
    const files = found.filter((one) => one.isFile())
    if (files.length === 0) continue
    const kept = await sealedFormsOf(tx, jobId)
    for (const { parentPath, name } of files) {
      const file = path.join(parentPath, name)
      if (!kept.has(path.relative(place.folder, file).replaceAll(path.sep, '/'))) await rm(file)
    }
  }
}

function gone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}

/** 配信した帳票を開く — the PDF, unsealed as it is read; it rests on disk only sealed. */
export async function* openForms(
  place: ExchangePlace,
  { sealedName }: Pick<FormDelivery, 'sealedName'>,
): AsyncGenerator<Buffer> {
  const own = await place.keys.own(place.self)
  const sealed = createReadStream(path.join(place.folder, sealedName))
  yield* unseal(
    own.map(({ identity }) => identity),
    sealed as AsyncIterable<Buffer>,
  )
}

import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Actor, recordAccess } from '@koiki/audit'
import type { Database, Scope, Transaction } from '@koiki/store'
import { columnNames } from '../columns.ts'
import { type InsuredEntry, insuredEntryTransfer } from '../municipalSystem/insuredEntries.ts'
import { auditKey } from '../resident.ts'
import { isNext, readFileOf, type Slip, slipName, slipsOf } from '../transferFile.ts'

const { step, layout, columns } = insuredEntryTransfer

interface ReceivedEntries {
  readonly transferNumber: number
  readonly rowCount: number
  readonly changedCount: number
}

/**
 * 被保険者情報を住民票に記載する — takes in what 市区町村システム handed over, in the order of its numbers, each in
 * one transaction; of each person told the periods are replaced. The same file twice changes nothing; a
 * missing number or a wrong file throws JobFailure.
 */
export async function receiveInsuredEntries(
  receiver: Database,
  scope: Scope,
  folder: string,
  actor: Actor,
): Promise<ReceivedEntries[]> {
  const place = path.join(folder, step)
  const received: ReceivedEntries[] = []
  for (const slip of await slipsOf(place, scope.municipality)) {
    const file = path.join(place, slipName(scope.municipality, slip.transferNumber))
    const one = await receiver.transaction(scope, (tx) =>
      receiveOne(tx, slip, `${file}.csv`, actor),
    )
    if (one !== null) received.push(one)
    await rm(`${file}.csv`, { force: true })
    await rm(`${file}.json`, { force: true })
  }
  return received
}

async function receiveOne(
  tx: Transaction,
  slip: Slip,
  file: string,
  actor: Actor,
): Promise<ReceivedEntries | null> {
  const { municipality, transferNumber } = slip
  const held = 'resident_register.insured_transfer where municipality_code = $1'
  if (!(await isNext(tx, slip, held))) return null
  const names = columnNames(columns)
  await tx.run(
    `create temp table arriving on commit drop as
     select ${names} from resident_register.insured_entry limit 0`,
  )
  const read = await readFileOf(tx, insuredEntryTransfer, slip, file)
  await tx.run(
    `delete from resident_register.insured_entry
      where municipality_code = $1
        and addressee_number in (select addressee_number from arriving)`,
    [municipality],
  )
  await tx.run(
    `insert into resident_register.insured_entry (union_code, ${names}, transfer_number)
     select $1, ${names}, $2 from arriving`,
    [Number(tx.scope?.union), transferNumber],
  )
  const persons = await tx.query<{ running: number }>(
    `select running_number as running from resident_register.resident
      where municipality_code = $1
        and addressee_number in (select addressee_number from arriving)`,
    [municipality],
  )
  await tx.run(
    `insert into resident_register.insured_transfer
       (municipality_code, transfer_number, union_code, row_count, changed_count, content_sha256,
        received_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      municipality,
      transferNumber,
      Number(tx.scope?.union),
      read.rowCount,
      persons.length,
      read.sha256,
      tx.now,
    ],
  )
  await recordAccess(tx, {
    channel: 'job',
    actor,
    party: `municipality:${municipality}`,
    purpose: `${layout.name}の移転(${step})`,
    act: 'resident.writeInsured',
    effect: 'write',
    persons: persons.map(({ running }) => auditKey(municipality, running)),
  })
  return { transferNumber, rowCount: read.rowCount, changedCount: persons.length }
}

/** 住民票に記載した被保険者情報 — of one person, oldest first. */
export async function insuredEntriesOf(
  tx: Transaction,
  municipality: string,
  addresseeNumber: string,
): Promise<InsuredEntry[]> {
  return tx.query<InsuredEntry>(
    `select municipality_code as "municipalityCode", addressee_number as "addresseeNumber",
            acquired_on as "acquiredOn", lost_on as "lostOn", operated_on as "operatedOn"
       from resident_register.insured_entry
      where municipality_code = $1 and addressee_number = $2
      order by acquired_on`,
    [municipality, addresseeNumber],
  )
}

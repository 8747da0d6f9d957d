import { enqueue } from '@koiki/store'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { base, type Operator, operatorOf, read, type Service } from '../route.ts'

const Ask = z.strictObject({ step: z.enum(['2-1', '3-6', '4-1']) })

/** 移転 (2-1, 4-1, and 3-6 back to the register) */
export function transferRoutes(app: FastifyInstance, service: Service): void {
  app.post(`${base}/transfers`, async (request, reply) => {
    const { scope, actor } = operatorOf(service, request)
    const ask = read(Ask, request.body)
    const { jobId } = await service.stores.work.transaction(scope, (tx) =>
      enqueue(tx, service.jobs.transfer, ask, { requestedBy: actor.id }),
    )
    return reply.code(202).send({ job: jobId })
  })

  app.get(`${base}/transfers`, async (request) => {
    return { transfers: await transfersOf(service, operatorOf(service, request)) }
  })
}

interface TransferReceived {
  readonly step: string
  readonly transferNumber: number
  readonly rows: number
  readonly changed: number
  readonly sha256: string
  readonly receivedAt: string
}

/** 移転の控え — as both receivers hold them, newest first. */
export async function transfersOf(
  { stores }: Service,
  { scope, municipality }: Operator,
): Promise<TransferReceived[]> {
  const columns = `transfer_number as "transferNumber", row_count as rows, changed_count as changed,
    encode(content_sha256, 'hex') as sha256, received_at as "receivedAt"`
  const into = await stores.municipalSystem.transaction(scope, (tx) =>
    tx.query<TransferReceived>(
      `select step, ${columns} from municipal_system.transfer
        where municipality_code = $1
        order by received_at desc, step, transfer_number desc
        limit 200`,
      [municipality],
    ),
  )
  const back = await stores.residentRegister.transaction(scope, (tx) =>
    tx.query<TransferReceived>(
      `select '3-6' as step, ${columns} from resident_register.insured_transfer
        where municipality_code = $1
        order by transfer_number desc
        limit 200`,
      [municipality],
    ),
  )
  return [...into, ...back].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
}

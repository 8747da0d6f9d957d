import { recordAccess } from '@koiki/audit'
import type { FastifyInstance } from 'fastify'
import { base, operatorOf, type Service } from '../route.ts'

/** 被保険者の番号 — of those who are insured today as 市区町村システム was told; numbers and birth dates, nobody's name. */
export function insuredRoutes(app: FastifyInstance, service: Service): void {
  app.get(`${base}/insured`, async (request) => {
    const { scope, municipality, actor } = operatorOf(service, request)
    const insured = await service.stores.municipalSystem.transaction(scope, async (tx) => {
      const found = await tx.query<{ insuredNumber: string; birthDate: string }>(
        `select distinct on (insured_number) insured_number as "insuredNumber", birth_date as "birthDate"
           from municipal_system.insured_person
          where municipality_code = $1 and birth_date is not null
            and acquired_on <= $2::date and (lost_on is null or lost_on > $2::date)
          order by insured_number, acquired_on desc`,
        [municipality, tx.today],
      )
      await recordAccess(tx, {
        channel: 'api',
        actor,
        party: `municipality:${municipality}`,
        purpose: '被保険者の番号の一覧',
        act: 'insured.list',
        effect: 'read',
        persons: [],
        count: found.length,
      })
      return found
    })
    return { insured }
  })
}

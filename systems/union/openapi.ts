import { z } from 'zod'
import { Failure, Purpose } from './api.ts'
import { encounterHeader, needsEncounter } from './encounters/gate.ts'
import type { Route } from './route.ts'

/** 約束の文書 — OpenAPI 3.1, made of the same schemas that check every message; nothing is written twice. */
export function openApiOf(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = `/{realm}/api${route.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operationOf(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '広域 標準システム',
      version: '1',
      description:
        '窓口端末と広域端末が使う約束。領域(realm)ごとに入口とクッキーが別です。変える操作には見出し koiki-desk: 1 が要ります。個人番号の載る項目はありません。',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        counter: { type: 'apiKey', in: 'cookie', name: 'koiki_counter' },
        union: { type: 'apiKey', in: 'cookie', name: 'koiki_union' },
      },
      schemas: { Failure: jsonOf(Failure) },
    },
  }
}

function operationOf(route: Route): object {
  const parameters: object[] = [
    { name: 'realm', in: 'path', required: true, schema: { enum: [...route.realms] } },
    ...[...route.path.matchAll(/:(\w+)/g)].map((found) => ({
      name: found[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
  ]
  if (route.query !== undefined) {
    const { properties, required } = jsonOf(route.query) as {
      properties?: Record<string, object>
      required?: string[]
    }
    for (const [name, schema] of Object.entries(properties ?? {}))
      parameters.push({ name, in: 'query', required: required?.includes(name) ?? false, schema })
  }
  if (route.ofPerson === true)
    parameters.push({
      name: 'koiki-purpose',
      in: 'header',
      required: true,
      description: '用件。監査の記録に残る。',
      schema: jsonOf(Purpose),
    })
  if (route.realms.includes('counter') && needsEncounter(route))
    parameters.push({
      name: encounterHeader,
      in: 'header',
      required: false,
      description:
        '窓口の応対の参照。付けると、終わった応対・ほかの席の応対・ほかの人の応対・読み合わせの前の書込みを409で断る。none なら、応対を始めていないと断る。付けない書込みは、いまのところ受け付ける(画面でないもののため)。',
      schema: { type: 'string' },
    })
  if (route.method !== 'GET')
    parameters.push({
      name: 'koiki-desk',
      in: 'header',
      required: true,
      schema: { const: '1' },
    })
  return {
    summary: route.summary,
    parameters,
    ...(route.needs === 'nothing'
      ? { security: [] }
      : { security: route.realms.map((realm) => ({ [realm]: [] })) }),
    ...(route.body === undefined
      ? route.raw === true && route.method === 'POST'
        ? {
            requestBody: {
              required: true,
              content: {
                'multipart/form-data': {
                  schema: {
                    type: 'object',
                    required: ['manifest', 'file'],
                    properties: {
                      manifest: { type: 'string', contentMediaType: 'application/json' },
                      file: { type: 'string', contentMediaType: 'application/octet-stream' },
                    },
                  },
                },
              },
            },
          }
        : {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonOf(route.body) } },
          },
        }),
    responses: {
      [route.raw === true && route.method === 'POST' ? '201' : '200']: {
        description: route.summary,
        content:
          'file' in route.answer
            ? { [route.answer.file]: {} }
            : { 'application/json': { schema: jsonOf(route.answer) } },
      },
      default: {
        description: '断り。文はそのまま画面に出せる。',
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/Failure' } },
        },
      },
    },
  }
}

function jsonOf(schema: z.ZodType): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>
  return json
}

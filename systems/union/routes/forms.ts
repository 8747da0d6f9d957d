import { Readable } from 'node:stream'
import { recordAccess } from '@koiki/audit'
import { documentText, signed } from '@koiki/exchange'
import {
  type FormDelivery as Delivered,
  findFormDelivery,
  recordFormDelivery,
} from '@koiki/notices'
import type { Transaction } from '@koiki/store'
import {
  FormDeliveries,
  FormDeliveriesQuery,
  FormDelivery,
  FormPreview,
  FormTarget,
  OfferedForms,
  PrintedForm,
  PrintForm,
  ReceiveForms,
  SettleForm,
} from '../api/forms.ts'
import { nothing, refused } from '../failure.ts'
import { deliveriesShown, deliveryShown } from '../forms/deliveriesShown.ts'
import { openForms } from '../forms/formFiles.ts'
import {
  formsOfFiling,
  formsOfPerson,
  instructForm,
  previewForm,
  printedPdf,
  settleForm,
} from '../forms/printForms.ts'
import { unpackUuid } from '../reference.ts'
import { type Call, route } from '../route.ts'
import { placeOf } from './files.ts'

type AnyCall = Call<never, never> | Call

const both = ['counter', 'union'] as const

export const formRoutes = [
  route({
    method: 'GET',
    path: '/people/:person/forms',
    summary: '一人の帳票: 刷れるものと刷れないわけ、刷った紙',
    realms: both,
    needs: 'form.read',
    ofPerson: true,
    answer: OfferedForms,
    handle: (call) => call.transaction((tx) => formsOfPerson(tx, call, Number(call.at('person')))),
  }),
  route({
    method: 'GET',
    path: '/filings/:filing/forms',
    summary: '届書の帳票: 受付票と決定通知書',
    realms: both,
    needs: 'filing.read',
    ofPerson: true,
    answer: OfferedForms,
    handle: (call) =>
      call.transaction((tx) => formsOfFiling(tx, call, unpackUuid(call.at('filing')))),
  }),
  route({
    method: 'POST',
    path: '/forms/preview',
    summary: '見本(PDF)。指示して刷るものと同じバイト。だれが見たかだけを残す。',
    realms: both,
    needs: 'form.read',
    ofPerson: true,
    body: FormTarget,
    answer: FormPreview,
    handle: (call) => call.transaction((tx) => previewForm(tx, call as AnyCall, call.body)),
  }),
  route({
    method: 'POST',
    path: '/forms',
    summary: '見本のとおりに印刷を指示する。同じ request は1通になる。',
    realms: both,
    needs: 'form.print',
    ofPerson: true,
    body: PrintForm,
    answer: PrintedForm,
    handle: (call) => call.transaction((tx) => instructForm(tx, call as AnyCall, call.body)),
  }),
  route({
    method: 'GET',
    path: '/forms/:printed/pdf',
    summary: '刷る紙(PDF)。紙を確かめるまで、何度でも同じバイト。',
    realms: both,
    needs: 'form.print',
    ofPerson: true,
    answer: { file: 'application/pdf' },
    raw: true,
    handle: async (call) => {
      const pdf = await call.transaction((tx) => printedPdf(tx, call))
      return call.reply.type('application/pdf').send(pdf)
    },
  }),
  route({
    method: 'POST',
    path: '/forms/:printed/settle',
    summary: '紙を確かめた(下4けたを紙から打つ)、よごれた、出ない、取りやめた',
    realms: both,
    needs: 'form.print',
    ofPerson: true,
    body: SettleForm,
    answer: PrintedForm,
    handle: (call) => call.transaction((tx) => settleForm(tx, call as AnyCall, call.body)),
  }),
  route({
    method: 'GET',
    path: '/form-deliveries',
    summary: '配信した帳票: 番号、枚数、受け取ったか。窓口には自分の市区町村のものだけ。',
    realms: both,
    needs: 'file.read',
    query: FormDeliveriesQuery,
    answer: FormDeliveries,
    handle: (call) =>
      call.transaction((tx) => deliveriesShown(tx, call as AnyCall, call.query.older ?? null)),
  }),
  route({
    method: 'GET',
    path: '/form-deliveries/:delivery/manifest',
    summary: '配信した帳票の送り状: 番号、枚数、要約値、広域連合の署名',
    realms: both,
    needs: 'file.read',
    answer: { file: 'application/json' },
    raw: true,
    handle: async (call) => {
      const one = await call.transaction((tx) => deliveryAt(tx, call))
      const place = placeOf(call)
      const [own] = await place.keys.own(place.self)
      const manifest = signed(
        'manifest',
        {
          version: 1,
          deliveryId: one.deliveryId,
          form: one.form,
          title: one.title,
          sender: place.self,
          receiver: `municipality:${one.municipality}`,
          sequenceNumber: one.number,
          createdAt: one.madeAt,
          people: one.people,
          pages: one.pages,
          plain: { bytes: one.bytes, sha256: one.sha256 },
        },
        own,
      )
      return call.reply.type('application/json; charset=utf-8').send(documentText(manifest))
    },
  }),
  route({
    method: 'GET',
    path: '/form-deliveries/:delivery/pdf',
    summary: '配信した帳票(PDF)を受け取る。その市区町村の窓口だけ。',
    realms: ['counter'],
    needs: 'file.fetch',
    answer: { file: 'application/pdf' },
    raw: true,
    handle: async (call) => {
      const one = await call.transaction(async (tx) => {
        const found = await deliveryAt(tx, call)
        await recordAccess(tx, {
          channel: 'screen',
          actor: call.session.actor,
          party: `union:${call.scope.union}`,
          terminal: call.session.terminal,
          address: call.session.address,
          purpose: '配信した帳票の受け取り',
          act: 'form.fetch',
          effect: 'read',
          persons: [],
          count: found.people,
        })
        return found
      })
      // Fetched means that the last byte has left, not that somebody asked.
      async function* handedOver(): AsyncGenerator<Buffer> {
        yield* openForms(placeOf(call), one)
        await call.transaction((tx) => recordFormDelivery(tx, one, 'fetched', clerkOf(call)))
      }
      return call.reply.type('application/pdf').send(Readable.from(handedOver()))
    },
  }),
  route({
    method: 'POST',
    path: '/form-deliveries/:delivery/receipt',
    summary: '受け取りを確かめた: 手元の枚数と要約値が合えば済になる。2度でも1度と同じ。',
    realms: ['counter'],
    needs: 'file.fetch',
    body: ReceiveForms,
    answer: FormDelivery,
    handle: (call) =>
      call.transaction(async (tx) => {
        const one = await deliveryAt(tx, call as AnyCall)
        if (one.fetchedAt === null)
          throw refused(
            'この帳票はまだ受け取っていないので、確かめられません。先に受け取ってください。',
          )
        if (call.body.sha256 !== one.sha256)
          throw refused(
            '手元の帳票の中身が、広域連合の作ったものとちがいます。済にしていません。もう一度受け取ってください。くり返すときは、広域連合に伝えてください。',
          )
        if (call.body.pages !== one.pages)
          throw refused(
            `枚数がちがいます。送り状では${one.pages}枚です。済にしていません。出ていない紙がないか見て、数え直してください。`,
          )
        if (one.receivedAt === null)
          await recordFormDelivery(tx, one, 'received', clerkOf(call as AnyCall))
        return deliveryShown(tx, call as AnyCall, (await findFormDelivery(tx, one.deliveryId))!)
      }),
  }),
]

async function deliveryAt(tx: Transaction, call: AnyCall): Promise<Delivered> {
  const one = await findFormDelivery(tx, unpackUuid(call.at('formDelivery', 'delivery')))
  if (one === null) throw nothing()
  return one
}

const clerkOf = (call: AnyCall) => ({
  account: call.session.actor.id,
  name: call.session.actor.name,
})

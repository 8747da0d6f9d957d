import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { type Resident, residentStatus } from '../resident.ts'
import { ResidentEvent } from '../residentRegister/event.ts'
import { receiveEvent } from '../residentRegister/receiveEvent.ts'
import {
  findByRunningNumber,
  findResidents,
  findWithHouseholds,
} from '../residentRegister/store.ts'
import { notThere, read } from '../route.ts'
import { type EventForm, eventForms } from './eventForms.ts'
import { built, type Field, faultsOf, fieldOf, fieldset, type Written } from './fields.ts'
import { Html, html } from './html.ts'
import { day, type Fault, facts, type Page, post } from './page.ts'
import type { Answer, Asked, Room } from './screens.ts'

const Slug = z.object({ slug: z.string().max(40) })
const Chosen = z.object({ resident: z.coerce.number().int().min(1).max(9_999_999).optional() })

/** 異動を記録する — each kind of event as a form; the person is chosen on the 住民票. */
export const eventPages: Room = {
  place: 'events',
  get: { '': async () => kindsPage(), '/:slug': show },
  post: { '/:slug': take, '/cancel': cancel },
}

const kindsPage = (): Page => {
  const list = (forms: readonly EventForm[]): Html =>
    html`<dl class="facts">${forms.map(
      ({ slug, kind, help, people }) =>
        html`<dt>${people === 'none' ? html`<a href="/screens/events/${slug}">${kind}</a>` : kind}</dt><dd class="wide">${help}</dd>`,
    )}</dl>`
  return {
    title: '異動を記録する',
    body: html`<h2>新しく載る人</h2>${list(eventForms.filter(({ people }) => people === 'none'))}
<h2>住民票のある人</h2><p>先に<a href="/screens/residents">住民をさがす</a>で住民票を開き、そこから選びます。</p>
${list(eventForms.filter(({ people }) => people !== 'none'))}`,
  }
}

const formOf = (request: Asked['request']): EventForm => {
  const { slug } = read(Slug, request.params)
  const found = eventForms.find((one) => one.slug === slug)
  if (found === undefined) throw notThere()
  return found
}

interface Sheet {
  readonly form: EventForm
  readonly eventId: string
  readonly occurredOn: string
  /** Where the form was begun; null for those who are new. */
  readonly running: number | null
  readonly household: readonly Resident[]
  readonly chosen: readonly string[]
  readonly written: Written
  readonly faults: readonly Fault[]
}

async function show(asked: Asked): Promise<Answer> {
  const form = formOf(asked.request)
  const { resident } = read(Chosen, asked.request.query)
  if (form.people !== 'none' && resident === undefined) return { to: '/screens/residents' }
  const { household, today, person } = await householdOf(asked, resident ?? null)
  const initial = form.groups
    .flatMap(({ fields }) => fields)
    .filter((field) => field.initial !== undefined)
    .map((field) => [field.name, field.initial as string])
  return sheet(asked, {
    form,
    eventId: randomUUID(),
    occurredOn: today,
    running: resident ?? null,
    household,
    chosen: person === null ? [] : [person.addresseeNumber],
    written: {
      ...Object.fromEntries(initial),
      // A change begins with what holds: an effect that nobody meant to lift stays.
      ...(form.kind === '支援措置変更' && person !== null
        ? {
            nonDisclosure: person.nonDisclosure === '1' ? 'on' : '',
            selfProvisionDisabled: person.selfProvisionDisabled === '1' ? 'on' : '',
            until: person.supportUntil ?? '',
          }
        : {}),
      ...(form.people === 'none' && person !== null
        ? { householdNumber: person.householdNumber }
        : {}),
    },
    faults: [],
  })
}

async function householdOf({ service, session }: Asked, running: number | null) {
  const { scope, municipality } = session.operator
  return service.stores.residentRegister.transaction(scope, async (tx) => {
    const { today } = tx
    if (running === null) return { household: [], today, person: null }
    const person = await findByRunningNumber(tx, municipality, running)
    if (person === null) throw notThere()
    const household = (
      await findWithHouseholds(tx, municipality, [person.addresseeNumber], [])
    ).filter(({ householdNumber }) => householdNumber === person.householdNumber)
    return { household, today, person }
  })
}

function sheet({ session }: Asked, of: Sheet): Page {
  const { form, written, faults } = of
  const content = html`<input type="hidden" name="eventId" value="${of.eventId}">
${of.running !== null && html`<input type="hidden" name="resident" value="${of.running}">`}
<p>${form.help}</p>
${fieldOf(dayOf(form), { ...written, occurredOn: of.occurredOn }, faults)}
${form.people !== 'none' && peopleTable(of)}
${form.groups.map(({ legend, fields }) =>
  /^[2-9]人目$/.test(legend) &&
  fields.every(({ name, initial = '' }) => [initial, ''].includes(written[name] ?? ''))
    ? html`<details><summary>${legend}を書く</summary>${fieldset(legend, fields, written, faults)}</details>`
    : fieldset(legend, fields, written, faults),
)}
<p><button class="main">${form.kind}を記録する</button></p>`
  return {
    title: `${form.kind}を記録する`,
    faults,
    body: post(session, `/screens/events/${form.slug}`, content),
  }
}

const dayOf = (form: EventForm): Field => ({
  name: 'occurredOn',
  label: form.day,
  type: 'date',
  required: true,
})

function peopleTable({ form, household, chosen, written }: Sheet): Html {
  const wanted = (one: Resident): boolean =>
    (one.status === residentStatus.removed) === (form.people === 'removed') ||
    form.slug === 'correct'
  const type = form.people === 'one' ? 'radio' : 'checkbox'
  return html`<fieldset><legend>${form.people === 'one' ? 'だれの' : 'だれの（複数を選べます）'}</legend>
<div class="scroll" role="region" aria-label="世帯の人" tabindex="0"><table><thead><tr><th scope="col">氏名</th><th scope="col">生年月日</th><th scope="col">今の続柄</th>${
    form.relationships && html`<th scope="col">新しい続柄（変わるときだけ）</th>`
  }</tr></thead><tbody>
${household.map((one) => {
  const number = one.addresseeNumber
  const on = chosen.includes(number) && new Html(' checked')
  const id = `who-${one.runningNumber}`
  return html`<tr><td>${
    wanted(one)
      ? html`<label for="${id}"><input type="${type}" id="${id}" name="who" value="${number}"${on}>${one.name}</label>`
      : one.name
  }</td><td>${day(one.birthDate)}</td><td>${one.relationship}</td>${
    form.relationships &&
    html`<td><input name="relationship.${number}" aria-label="${one.name}の新しい続柄" value="${written[`relationship.${number}`] ?? ''}"></td>`
  }</tr>`
})}</tbody></table></div></fieldset>`
}

async function take(asked: Asked): Promise<Answer> {
  const form = formOf(asked.request)
  const params = asked.form
  const written: Written = Object.fromEntries(params)
  const chosen = params.getAll('who')
  const running = Number(params.get('resident') ?? '') || null
  const { household } = await householdOf(asked, running)
  const again = (faults: readonly Fault[]): Page =>
    sheet(asked, {
      form,
      eventId: written.eventId ?? randomUUID(),
      occurredOn: written.occurredOn ?? '',
      running,
      household,
      chosen,
      written,
      faults,
    })
  const parsed = ResidentEvent.safeParse(eventOf(form, written, chosen, params))
  if (!parsed.success) {
    const fields = [dayOf(form), ...form.groups.flatMap((group) => group.fields)]
    const who = form.people === 'one' ? '一人を選んでください。' : 'だれの異動か選んでください。'
    return again(
      faultsOf(fields, parsed.error, {
        addresseeNumbers: who,
        corrections: '直すところを、一つ以上書いてください。',
        movedOutOf: '転入前の宛名番号を確かめてください。',
      }),
    )
  }
  return record(asked, parsed.data, running, again)
}

async function record(
  asked: Asked,
  event: ResidentEvent,
  running: number | null,
  again: (faults: readonly Fault[]) => Page,
): Promise<Answer> {
  const { service, session } = asked
  const { scope, municipality, actor } = session.operator
  try {
    const { addresseeNumbers, repeated } = await receiveEvent(service.stores, scope, event, actor)
    const [first] = await service.stores.residentRegister.transaction(scope, (tx) =>
      findResidents(tx, municipality, addresseeNumbers.slice(0, 1)),
    )
    const place = running ?? first?.runningNumber
    return {
      to: place === undefined ? '/screens/events' : `/screens/residents/${place}`,
      told: [
        repeated
          ? `この${event.kind}は、もう記録してあります。`
          : `${event.kind}を記録しました（${addresseeNumbers.length}人の住民票）。次の移転(2-1)で市区町村システムへ渡ります。`,
      ],
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return again(error.reasons.map((sentence) => ({ sentence: onScreen(sentence) })))
  }
}

/** Sentences that name an item of the request say where it is on the form. */
const onScreen = (sentence: string): string =>
  sentence
    .replace('movedOutOf か newcomers に1人以上を書いてください', '転入する人を書いてください')
    .replaceAll('relationships に', '「新しい続柄」に')
    .replace('表記(birthDateText)も書いてください', '表記が要ります')

function eventOf(
  form: EventForm,
  written: Written,
  chosen: readonly string[],
  params: URLSearchParams,
): unknown {
  const fields = form.groups.flatMap((group) => group.fields)
  const event: Record<string, unknown> = {
    ...built(fields, written),
    kind: form.kind,
    eventId: written.eventId,
    occurredOn: written.occurredOn,
  }
  for (const list of ['newcomers', 'newborns'])
    if (Array.isArray(event[list])) event[list] = (event[list] as unknown[]).filter(Boolean)
  if (form.people !== 'none') event.addresseeNumbers = chosen
  if (form.relationships) {
    event.relationships = Object.fromEntries(
      [...params]
        .filter(([name, value]) => name.startsWith('relationship.') && value.trim() !== '')
        .map(([name, value]) => [name.slice('relationship.'.length), value.trim()]),
    )
  }
  if (form.kind === '転出') event.movedToMunicipality ??= null
  const certificate = event.movedOutOf as { addresseeNumbers?: string } | undefined
  if (typeof certificate?.addresseeNumbers === 'string') {
    event.movedOutOf = {
      ...certificate,
      addresseeNumbers: certificate.addresseeNumbers.split(/[、,\s]+/).filter(Boolean),
    }
  }
  return event
}

async function cancel(asked: Asked): Promise<Answer> {
  const { form, service, session } = asked
  const { today } = await service.stores.residentRegister.transaction(
    session.operator.scope,
    async (tx) => ({ today: tx.today }),
  )
  const running = Number(form.get('resident') ?? '') || null
  const reason = (form.get('reason') ?? '').trim()
  const failed = (faults: readonly Fault[]): Page => ({
    title: '異動を取り消せません',
    faults,
    body: html`${facts([['理由', reason]])}<p><a href="/screens/residents/${running ?? ''}">住民票へ戻る</a></p>`,
  })
  const parsed = ResidentEvent.safeParse({
    kind: '異動の取消',
    eventId: form.get('eventId'),
    cancels: form.get('cancels'),
    occurredOn: today,
    reason,
  })
  if (!parsed.success) return failed([{ sentence: '取り消す理由を書いてください。' }])
  return record(asked, parsed.data, running, failed)
}

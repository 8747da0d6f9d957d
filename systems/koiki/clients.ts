import { setTimeout as wait } from 'node:timers/promises'

/** 断られた — what a party answered, in its own sentence. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, sentence: string) {
    super(sentence)
    this.name = 'Refused'
    this.status = status
  }
}

async function answered(response: Response): Promise<Response> {
  if (response.ok) return response
  const text = await response.text()
  let sentence = text
  try {
    const body = JSON.parse(text) as { message?: string; reasons?: string[] }
    sentence = body.message ?? body.reasons?.join(' ') ?? text
  } catch {
    // Not JSON: the text itself is the answer.
  }
  throw new Refused(response.status, sentence)
}

/** What a file on a medium is: the manifest's text, and the sealed bytes. */
export interface OnMedium {
  readonly manifest: string
  readonly sealed: Blob
}

interface JobAnswer {
  readonly state: string
  readonly sentence: string
  readonly done: number
  readonly total: number | null
}

type Watch = (sentence: string) => void

/** Asks again until the job has ended; what it says on the way is passed on. */
async function ended<J extends JobAnswer>(ask: () => Promise<J>, watch: Watch): Promise<J> {
  let last = ''
  for (let pause = 20; ; pause = Math.min(pause * 1.5, 400)) {
    const job = await ask()
    if (job.sentence !== last) watch(job.sentence)
    last = job.sentence
    if (job.state === 'done') return job
    if (job.state === 'failed' || job.state === 'cancelled') throw new Refused(500, job.sentence)
    await wait(pause)
  }
}

/** 席 — a signed-in seat at the union's service, as a person at a desk has it: cookie, header, realm. */
export class Seat {
  readonly #base: string
  #cookie = ''

  constructor(url: string, realm: 'counter' | 'union') {
    this.#base = `${url}/${realm}/api`
  }

  async #ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = new Headers(request.headers)
    headers.set('koiki-desk', '1')
    headers.set('cookie', this.#cookie)
    return answered(await fetch(`${this.#base}${path}`, { ...request, headers }))
  }

  async signIn(account: string, password: string): Promise<void> {
    const response = await this.#ask('/sign-in', jsonRequest({ account, password }))
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }

  async get<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
    return (await (await this.#ask(path, { headers })).json()) as T
  }

  async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    const request = jsonRequest(body)
    return (await (
      await this.#ask(path, { ...request, headers: { ...request.headers, ...headers } })
    ).json()) as T
  }

  async text(path: string): Promise<string> {
    return (await this.#ask(path)).text()
  }

  /** 媒体を窓口端末に移入し、送信する (2-2, 2-3). */
  async send(medium: OnMedium): Promise<{ transmission: string; state: string }> {
    const form = new FormData()
    form.append('manifest', medium.manifest)
    form.append('file', medium.sealed, 'sealed')
    const response = await this.#ask('/transmissions', { method: 'POST', body: form })
    return (await response.json()) as { transmission: string; state: string }
  }

  /** 配信されたファイルを媒体に移出する (3-5). */
  async fetch(transmission: string): Promise<OnMedium> {
    const manifest = await this.text(`/transmissions/${transmission}/manifest`)
    const response = await this.#ask(`/transmissions/${transmission}/content`)
    return { manifest, sealed: await response.blob() }
  }

  /** Starts a run of this seat and waits for its end. */
  async run(run: string, watch: Watch = () => {}): Promise<void> {
    const { job } = await this.post<{ job: string }>('/jobs', { run })
    await ended(async () => (await this.get<{ job: JobAnswer }>(`/jobs/${job}`)).job, watch)
  }
}

const jsonRequest = (body: unknown): RequestInit & { headers: Record<string, string> } => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** 市区町村の担当者 — one municipality's operator at the stand-in's service. */
export class MunicipalOperator {
  readonly code: string
  readonly #base: string
  readonly #token: string

  constructor(url: string, code: string, token: string) {
    this.code = code
    this.#base = `${url}/municipalities/${code}`
    this.#token = token
  }

  async #ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = new Headers(request.headers)
    headers.set('authorization', `Bearer ${this.#token}`)
    return answered(await fetch(`${this.#base}${path}`, { ...request, headers }))
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.#ask(path)).json()) as T
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return (await (await this.#ask(path, jsonRequest(body))).json()) as T
  }

  async jobEnd(job: number, watch: Watch = () => {}): Promise<void> {
    await ended(() => this.get<JobAnswer>(`/jobs/${job}`), watch)
  }

  /** Asks for long work and waits for its end. */
  async work(path: string, body: unknown, watch: Watch = () => {}): Promise<void> {
    const { job } = await this.post<{ job: number }>(path, body)
    await this.jobEnd(job, watch)
  }

  /** 電子記録媒体にあるもの, those not yet answered first to last. */
  async media(): Promise<
    { name: string; layout: string; state: string; sequenceNumber: number }[]
  > {
    const { exports } = await this.get<{
      exports: { name: string; layout: string; state: string; sequenceNumber: number }[]
    }>('/exports')
    return exports
  }

  async take(name: string): Promise<OnMedium> {
    const manifest = await (await this.#ask(`/exports/${name}/manifest`)).text()
    return { manifest, sealed: await (await this.#ask(`/exports/${name}/file`)).blob() }
  }

  /** 媒体を市区町村システムに移入し、更新が終わるまで待つ (3-5, 3-6, 4-8, 4-9). */
  async bring(medium: OnMedium): Promise<{ kind: string; transmission: string }> {
    const { transmission } = await this.post<{ transmission: string }>('/imports', {
      manifest: medium.manifest,
    })
    const response = await this.#ask(`/imports/${transmission}/file`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: medium.sealed,
    })
    const answer = (await response.json()) as {
      kind: string
      transmission: string
      job: number | null
    }
    if (answer.job !== null) await this.jobEnd(answer.job)
    return answer
  }

  async bytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.#ask(path)).arrayBuffer())
  }
}

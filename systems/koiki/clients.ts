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

/** So long a service may be away: one that fell is started again, and its database may fall too. */
const patienceMs = 60_000
const pauseMs = 250

/**
 * 戸をたたく — asks, and reads the answer to its end. While nobody answers, or the service says that it cannot
 * just now, the same is asked again, as a person would; every request of the flows may be repeated.
 */
async function knock<T>(
  url: string,
  request: RequestInit,
  read: (response: Response) => Promise<T>,
  stopping: AbortSignal | undefined,
): Promise<T> {
  for (let waited = 0; ; waited += pauseMs) {
    try {
      return await read(await answered(await fetch(url, { ...request, signal: stopping ?? null })))
    } catch (error) {
      stopping?.throwIfAborted()
      if (error instanceof Refused ? error.status !== 503 : !(error instanceof TypeError))
        throw error
      if (waited >= patienceMs)
        throw error instanceof Refused
          ? error
          : new Refused(
              503,
              'サービスから返事がありません。止まっているおそれがあります。一度すべてを止めて、始め直してください。続きから進みます。',
            )
    }
    await wait(pauseMs, undefined, stopping === undefined ? {} : { signal: stopping })
  }
}

const json = <T>(response: Response): Promise<T> => response.json() as Promise<T>
const bytes = (response: Response): Promise<Blob> => response.blob()
const text = (response: Response): Promise<string> => response.text()

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
async function ended<J extends JobAnswer>(
  ask: () => Promise<J>,
  watch: Watch,
  stopping: AbortSignal | undefined,
): Promise<J> {
  let last = ''
  for (let pause = 20; ; pause = Math.min(pause * 1.5, 400)) {
    const job = await ask()
    if (job.sentence !== last) watch(job.sentence)
    last = job.sentence
    if (job.state === 'done') return job
    if (job.state === 'failed' || job.state === 'cancelled') throw new Refused(500, job.sentence)
    await wait(pause, undefined, stopping === undefined ? {} : { signal: stopping })
  }
}

/** 席 — a signed-in seat at the union's service, as a person at a desk has it: cookie, header, realm. */
export class Seat {
  readonly #base: string
  readonly #stopping: AbortSignal | undefined
  #cookie = ''

  constructor(url: string, realm: 'counter' | 'union', stopping?: AbortSignal) {
    this.#base = `${url}/${realm}/api`
    this.#stopping = stopping
  }

  #ask<T>(
    path: string,
    read: (response: Response) => Promise<T>,
    request: RequestInit = {},
  ): Promise<T> {
    const headers = new Headers(request.headers)
    headers.set('koiki-desk', '1')
    headers.set('cookie', this.#cookie)
    return knock(`${this.#base}${path}`, { ...request, headers }, read, this.#stopping)
  }

  async signIn(account: string, password: string): Promise<void> {
    const cookies = async ({ headers }: Response): Promise<string[]> => headers.getSetCookie()
    const given = await this.#ask('/sign-in', cookies, jsonRequest({ account, password }))
    this.#cookie = given.map((cookie) => cookie.split(';')[0]).join('; ')
  }

  async get<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
    return this.#ask(path, json<T>, { headers })
  }

  async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    const request = jsonRequest(body)
    return this.#ask(path, json<T>, { ...request, headers: { ...request.headers, ...headers } })
  }

  async text(path: string): Promise<string> {
    return this.#ask(path, text)
  }

  /** A document, as it comes to the printer. */
  async paper(path: string, headers: Record<string, string>, body?: unknown): Promise<Buffer> {
    const request = body === undefined ? { headers: {} } : jsonRequest(body)
    const all = { ...request, headers: { ...request.headers, ...headers } }
    const answer = await this.#ask(path, bytes, all)
    return Buffer.from(await answer.arrayBuffer())
  }

  /** 媒体を窓口端末に移入し、送信する (2-2, 2-3). */
  async send(medium: OnMedium): Promise<{ transmission: string; state: string }> {
    const form = new FormData()
    form.append('manifest', medium.manifest)
    form.append('file', medium.sealed, 'sealed')
    return this.#ask('/transmissions', json<{ transmission: string; state: string }>, {
      method: 'POST',
      body: form,
    })
  }

  /** 統合専用端末から持ち込む — what the 中間サーバー gave out, at the union's own seat. */
  async carryIn({ manifest, sealed }: OnMedium): Promise<{ transmission: string }> {
    const form = new FormData()
    form.append('manifest', manifest)
    form.append('file', sealed, 'sealed')
    return this.#ask('/carried-transmissions', json<{ transmission: string }>, {
      method: 'POST',
      body: form,
    })
  }

  /** 配信されたファイルを媒体に移出する (3-5). */
  async fetch(transmission: string): Promise<OnMedium> {
    const manifest = await this.text(`/transmissions/${transmission}/manifest`)
    return { manifest, sealed: await this.#ask(`/transmissions/${transmission}/content`, bytes) }
  }

  /** Starts a run of this seat and waits for its end. */
  async run(run: string, watch: Watch = () => {}): Promise<void> {
    const { job } = await this.post<{ job: string }>('/jobs', { run })
    const asked = async () => (await this.get<{ job: JobAnswer }>(`/jobs/${job}`)).job
    await ended(asked, watch, this.#stopping)
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
  readonly #stopping: AbortSignal | undefined

  constructor(url: string, code: string, token: string, stopping?: AbortSignal) {
    this.code = code
    this.#base = `${url}/municipalities/${code}`
    this.#token = token
    this.#stopping = stopping
  }

  #ask<T>(
    path: string,
    read: (response: Response) => Promise<T>,
    request: RequestInit = {},
  ): Promise<T> {
    const headers = new Headers(request.headers)
    headers.set('authorization', `Bearer ${this.#token}`)
    return knock(`${this.#base}${path}`, { ...request, headers }, read, this.#stopping)
  }

  async get<T>(path: string): Promise<T> {
    return this.#ask(path, json<T>)
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return this.#ask(path, json<T>, jsonRequest(body))
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return this.#ask(path, json<T>, { ...jsonRequest(body), method: 'PUT' })
  }

  async jobEnd(job: number, watch: Watch = () => {}): Promise<void> {
    await ended(() => this.get<JobAnswer>(`/jobs/${job}`), watch, this.#stopping)
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

  /** 移入したもの, in whatever state. */
  async imports(): Promise<{ layout: string; sequenceNumber: number; state: string }[]> {
    const { imports } = await this.get<{
      imports: { layout: string; sequenceNumber: number; state: string }[]
    }>('/imports')
    return imports
  }

  async take(name: string): Promise<OnMedium> {
    const manifest = await this.#ask(`/exports/${name}/manifest`, text)
    return { manifest, sealed: await this.#ask(`/exports/${name}/file`, bytes) }
  }

  /** 媒体を市区町村システムに移入し、更新が終わるまで待つ (3-5, 3-6, 4-8, 4-9). */
  async bring(medium: OnMedium): Promise<{ kind: string; transmission: string }> {
    const { transmission } = await this.post<{ transmission: string }>('/imports', {
      manifest: medium.manifest,
    })
    const answer = await this.#ask(
      `/imports/${transmission}/file`,
      json<{ kind: string; transmission: string; job: number | null }>,
      {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: medium.sealed,
      },
    )
    if (answer.job !== null) await this.jobEnd(answer.job)
    return answer
  }

  async bytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.#ask(path, bytes)).arrayBuffer())
  }
}

/**
 * ひと窓 — one window of a terminal holds an 応対. The browser's own lock says which: it is let go when the window
 * is closed or falls over, and no copy of a tab can hold it too. A browser without locks has one window.
 */
const nameOf = (reference: string): string => `koiki encounter ${reference}`

let letGo: (() => void) | null = null

/** Lets the 応対 that this window holds go. */
export function releaseWindow(): void {
  letGo?.()
  letGo = null
}

/** Takes the 応対 into this window; false where another window has it. */
export function takeWindow(reference: string): Promise<boolean> {
  return request(reference, { ifAvailable: true })
}

/** Waits until the other window has let go, or until told to stop waiting. */
export function awaitWindow(reference: string, signal: AbortSignal): Promise<boolean> {
  return request(reference, { signal })
}

function request(reference: string, options: LockOptions): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true)
  return new Promise((resolve) => {
    navigator.locks
      .request(nameOf(reference), options, (lock) => {
        if (lock === null) {
          resolve(false)
          return undefined
        }
        resolve(true)
        return new Promise<void>((free) => {
          letGo = free
        })
      })
      .catch(() => resolve(false))
  })
}

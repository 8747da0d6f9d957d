import type { Realm } from '@koiki/union'
import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react'
import { type Address, type Place, pathOf, readAddress, titleOf } from './places.ts'

type Router = {
  address: Address | null
  go(place: Place): void
  replace(place: Place): void
  back(): void
}

const RouterContext = createContext<Router | null>(null)

const moved = new EventTarget()

function subscribe(heard: () => void): () => void {
  window.addEventListener('popstate', heard)
  moved.addEventListener('moved', heard)
  return () => {
    window.removeEventListener('popstate', heard)
    moved.removeEventListener('moved', heard)
  }
}

const here = () => window.location.pathname

/** 道案内 — the own small router over the history API: about a dozen places, and none holds a person's data. */
export function RouterProvider({ children }: { children: ReactNode }) {
  const path = useSyncExternalStore(subscribe, here)
  const address = useMemo(() => readAddress(path), [path])

  useEffect(() => {
    document.title = address === null ? '広域' : titleOf(address.realm, address.place)
    document.documentElement.dataset.realm = address?.realm ?? ''
  }, [address])

  // A page that returns from the back-forward cache could show a person whose 応対 has ended.
  useEffect(() => {
    const reload = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload()
    }
    window.addEventListener('pageshow', reload)
    return () => window.removeEventListener('pageshow', reload)
  }, [])

  const router = useMemo<Router>(() => {
    const realm: Realm = address?.realm ?? 'counter'
    const move = (place: Place, how: 'pushState' | 'replaceState') => {
      window.history[how](null, '', pathOf(realm, place))
      moved.dispatchEvent(new Event('moved'))
    }
    return {
      address,
      go: (place) => move(place, 'pushState'),
      replace: (place) => move(place, 'replaceState'),
      back: () => window.history.back(),
    }
  }, [address])

  return <RouterContext value={router}>{children}</RouterContext>
}

export function useRouter(): Router {
  const router = useContext(RouterContext)
  if (router === null) throw new Error('道案内の外で使われています')
  return router
}

export function useRealm(): Realm {
  return useRouter().address?.realm ?? 'counter'
}

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: Place }

/** 道 — a real link, so that 戻る, a middle click and a screen reader work as everywhere. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const router = useRouter()
  const realm = useRealm()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || event.button !== 0 || !plain) return
    event.preventDefault()
    router.go(to)
  }
  return <a {...rest} href={pathOf(realm, to)} onClick={follow} />
}

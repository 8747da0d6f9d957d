import { startServer } from './index.ts'

// A program of its own, so that a test can kill it: serves the folder and tells how to reach it.
const [folder, port] = process.argv.slice(2)
try {
  const server = await startServer({
    folder: folder as string,
    ...(port ? { port: Number(port) } : {}),
    tell: (sentence) => console.log(JSON.stringify({ told: sentence })),
  })
  console.log(JSON.stringify({ url: server.url, processId: server.processId, port: server.port }))
  setInterval(() => {}, 1000)
} catch (error) {
  console.log(JSON.stringify({ refused: (error as Error).message }))
  process.exitCode = 1
}

// Shows every frame that comes, and opens the connection as the page does.
window.berth.onFrame((frame) => {
  document.querySelector('#frames').textContent += `${frame}\n`
})
window.berth.send('{"jsonrpc":"2.0","method":"shell.open"}')

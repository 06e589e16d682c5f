"""Jupyter's own client, over the real libzmq, against the installed kernel: prints a line for each check."""

import time

import zmq
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

manager = KernelManager(kernel_name="csharp-workbook")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)


def check(name, passed):
    print("passed" if passed else "FAILED", name, flush=True)


def run(code, answer=None):
    """Runs a cell; gives its reply and its outputs."""
    outputs = []
    asked = answer and (lambda message: client.input(answer))
    reply = client.execute_interactive(
        code,
        timeout=60,
        allow_stdin=bool(answer),
        stdin_hook=asked,
        output_hook=outputs.append,
    )
    return reply["content"], [o for o in outputs if o["msg_type"] != "status"]


def value(code):
    return run(code)[1][-1]["content"]["data"]["text/plain"]


def ask(message_id):
    return client._recv_reply(message_id, timeout=60)["content"]


check("value", value("var a = 5; a * 3") == "15")
text = "".join(
    o["content"]["text"]
    for o in run("for (var i = 0; i < 200_000; i++) Console.Write('.');")[1]
    if o["msg_type"] == "stream"
)
check("200000 writes", len(text) == 200_000)
reply, outputs = run('throw new Exception("no");')
check("error", reply["status"] == "error" and outputs[-1]["msg_type"] == "error")
check("input", run("var who = Console.ReadLine();", "Ada")[0]["status"] == "ok" and value("who") == "Ada")
check("complete", "ToString" in ask(client.complete("a.ToS", 5))["matches"])
check("inspect", ask(client.inspect("Console.WriteLine(1)", 10))["found"])
check("is_complete", ask(client.is_complete("for (;;) {"))["status"] == "incomplete")
check("history", ask(client.history(hist_access_type="tail", n=1))["history"][0][2] == "who")
check("comm_info", ask(client.comm_info())["comms"] == {})
check("heartbeat", client.hb_channel.is_beating())

running = client.execute("var kept = 7; while (true) { }")
while client.get_iopub_msg(timeout=60)["msg_type"] != "execute_input":
    pass
time.sleep(0.5)
manager.interrupt_kernel()
check("interrupt", ask(running)["status"] == "error" and value("kept") == "7")

check("long frames", value('"%s".Length' % ("x" * (5 << 20))) == str(5 << 20))
check("long output", len(value("new string('y', 20_000_000)")) == 20_000_000)

# A second client, whose libzmq sends its own heartbeats; and one with another key.
context = zmq.Context.instance()
socket = context.socket(zmq.DEALER)
socket.heartbeat_ivl = 100
socket.connect("tcp://127.0.0.1:%d" % manager.shell_port)
Session(key=b"another").send(socket, "kernel_info_request", {})
check("another key", socket.poll(500) == 0)
Session(key=manager.session.key).send(socket, "kernel_info_request", {})
check("second client", socket.poll(60_000) != 0)
socket.close()

manager.restart_kernel()
client.wait_for_ready(timeout=60)
check("restart", run("1")[0]["execution_count"] == 1)
manager.shutdown_kernel()
check("shutdown", not manager.is_alive())

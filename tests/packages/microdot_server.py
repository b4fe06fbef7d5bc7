# Served to a client outside: the package as its authors publish it, its port said by quecpy.
from usr.microdot import Microdot

app = Microdot()


@app.route('/')
async def index(request):
    return 'Hello from microdot'


@app.post('/echo/<name>')
async def echo(request, name):
    return {'name': name, 'json': request.json, 'args': request.args}


print('serving')
app.run(host='127.0.0.1', port=5000)

import json,sys,collections,glob,os
p=max(glob.glob('/tmp/w/prof/*.cpuprofile'),key=os.path.getmtime)
d=json.load(open(p))
nodes={n['id']:n for n in d['nodes']}
self_t=collections.Counter()
dts=d['timeDeltas']
for s,dt in zip(d['samples'],dts):
    f=nodes[s]['callFrame']; self_t[(f['functionName'],f['url'].split('/')[-1] if 'node_modules' not in f['url'] else '/'.join(f['url'].split('node_modules/')[-1].split('/')[:3])+'/..'+f['url'].split('/')[-1],f['lineNumber'])]+=dt
tot=sum(dts)
for k,v in self_t.most_common(int(sys.argv[1]) if len(sys.argv)>1 else 40): print(f"{v/1000:9.0f} ms {100*v/tot:5.1f}% {k}")

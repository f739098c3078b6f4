// Adds, lists and deletes routes with vishvananda/netlink in the namespace it is started in, and says how long each took and
// how much garbage it made. Built by the netlink benchmark with GOPATH=/usr/share/gocode from Debian's package.
package main

import (
	"encoding/json"
	"net"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/vishvananda/netlink"
)

type step struct {
	Name  string  `json:"name"`
	Ms    float64 `json:"ms"`
	Bytes uint64  `json:"bytes"`
}

func measure(name string, work func() error) step {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	if err := work(); err != nil {
		panic(name + ": " + err.Error())
	}
	elapsed := time.Since(start)
	runtime.ReadMemStats(&after)
	return step{name, float64(elapsed.Nanoseconds()) / 1e6, after.TotalAlloc - before.TotalAlloc}
}

func main() {
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	link, err := netlink.LinkByName("v0")
	if err != nil {
		panic(err)
	}
	handle, err := netlink.NewHandle()
	if err != nil {
		panic(err)
	}
	routes := make([]netlink.Route, count)
	for i := range routes {
		routes[i] = netlink.Route{
			LinkIndex: link.Attrs().Index,
			Scope:     netlink.SCOPE_LINK,
			Dst:       &net.IPNet{IP: net.IPv4(10, byte(i>>8), byte(i), 0), Mask: net.CIDRMask(24, 32)},
		}
	}
	steps := []step{
		measure("add", func() error {
			for i := range routes {
				if err := handle.RouteAdd(&routes[i]); err != nil {
					return err
				}
			}
			return nil
		}),
		measure("dump", func() error {
			listed, err := handle.RouteList(link, netlink.FAMILY_V4)
			if err == nil && len(listed) != count {
				panic("listed " + strconv.Itoa(len(listed)))
			}
			return err
		}),
		measure("delete", func() error {
			for i := range routes {
				if err := handle.RouteDel(&routes[i]); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	if err := json.NewEncoder(os.Stdout).Encode(steps); err != nil {
		panic(err)
	}
}
